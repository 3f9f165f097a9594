package org.modelzoo.network.kernel;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An oneDNN operation made once for arrays of certain sizes and run many times: arguments that move
 * are given their address before each run, arguments that stay belong to the operation.
 */
final class OneDnnOperation {
  private final OneDnn library = OneDnn.instance();
  private final primitive operation;
  private final IntMemoryMap arguments = new IntMemoryMap();
  private final Map<Integer, memory> moving = new HashMap<>();

  /** Bytes of working memory during a run. */
  private final long workingBytes;

  /**
   * @param pass what the operation was made from
   */
  OneDnnOperation(primitive operation, primitive_desc_base pass) {
    this.operation = operation;
    memory.desc working = pass.scratchpad_desc();
    workingBytes = working.get_size();
    if (workingBytes > 0) {
      moving(dnnl.DNNL_ARG_SCRATCHPAD, working);
    }
  }

  /** Copies arrays from one order to another. */
  static OneDnnOperation reorder(memory.desc from, memory.desc to) {
    return reordering(from, to).moving(dnnl.DNNL_ARG_FROM, from).moving(dnnl.DNNL_ARG_TO, to);
  }

  /** Copies arrays into a memory of another order. */
  static OneDnnOperation reorder(memory.desc from, memory to) {
    return reordering(from, to.get_desc())
        .moving(dnnl.DNNL_ARG_FROM, from)
        .fixed(dnnl.DNNL_ARG_TO, to);
  }

  /** Copies a memory into arrays of another order. */
  static OneDnnOperation reorder(memory from, memory.desc to) {
    return reordering(from.get_desc(), to)
        .fixed(dnnl.DNNL_ARG_FROM, from)
        .moving(dnnl.DNNL_ARG_TO, to);
  }

  private static OneDnnOperation reordering(memory.desc from, memory.desc to) {
    OneDnn library = OneDnn.instance();
    reorder.primitive_desc pass =
        new reorder.primitive_desc(
            library.processor, from, library.processor, to, library.attributes, false);
    return new OneDnnOperation(new reorder(pass), pass);
  }

  /** Declares an argument whose address changes from run to run. */
  OneDnnOperation moving(int argument, memory.desc description) {
    memory array = new memory(description, library.processor, new Pointer());
    moving.put(argument, array);
    arguments.put(argument, array);
    return this;
  }

  /** Gives an argument that stays where it is. */
  OneDnnOperation fixed(int argument, memory array) {
    arguments.put(argument, array);
    return this;
  }

  /** Memory that oneDNN allocates, for an argument that stays. */
  static memory allocate(memory.desc description) {
    return new memory(description, OneDnn.instance().processor);
  }

  OneDnnOperation at(int argument, INDArray array) {
    return at(argument, array.data().addressPointer());
  }

  OneDnnOperation at(int argument, Pointer address) {
    moving.get(argument).set_data_handle(address);
    return this;
  }

  /** On any thread, but not on two at once. */
  void run() {
    if (workingBytes > 0) {
      at(dnnl.DNNL_ARG_SCRATCHPAD, OneDnnWorkingMemory.ofThread(workingBytes));
    }
    operation.execute(library.queue, arguments);
  }
}
