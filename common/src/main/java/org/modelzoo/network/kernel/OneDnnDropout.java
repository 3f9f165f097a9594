package org.modelzoo.network.kernel;

import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Dropout by oneDNN: one pass over the values and a byte for each. */
final class OneDnnDropout implements DropoutKernel {
  private BytePointer mask = new BytePointer();
  private OneDnnOperation operation;
  private long length;
  private double scale;

  @Override
  public void apply(INDArray values, byte[] kept, double factor) {
    if (length != values.length() || scale != factor) {
      prepare(values.length(), factor);
    }
    mask.put(kept, 0, (int) length);
    operation
        .at(dnnl.DNNL_ARG_SRC_0, values)
        .at(dnnl.DNNL_ARG_SRC_1, mask)
        .at(dnnl.DNNL_ARG_DST, values)
        .run();
  }

  private void prepare(long newLength, double factor) {
    length = newLength;
    scale = factor;
    mask.close();
    mask = new BytePointer(length);
    memory.desc floats = OneDnn.plain(memory.format_tag.ab, 1, length);
    memory.desc bytes =
        new memory.desc(new long[] {1, length}, memory.data_type.u8, memory.format_tag.ab);
    primitive_attr attributes = OneDnn.newAttributes();
    attributes.set_scales(dnnl.DNNL_ARG_SRC_0, 0, new float[] {(float) factor});
    binary.primitive_desc pass =
        new binary.primitive_desc(
            new binary.desc(algorithm.binary_mul, floats, bytes, floats),
            attributes,
            OneDnn.instance().processor);
    operation =
        new OneDnnOperation(new binary(pass), pass)
            .moving(dnnl.DNNL_ARG_SRC_0, floats)
            .moving(dnnl.DNNL_ARG_SRC_1, bytes)
            .moving(dnnl.DNNL_ARG_DST, floats);
  }
}
