package org.modelzoo.network.kernel;

import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/**
 * What oneDNN's operations write to while they run: a memory for each thread, as large as the
 * operation that needs most, for all that run on it one after the other. Goes with its thread.
 */
final class OneDnnWorkingMemory {
  private static final ThreadLocal<OneDnnWorkingMemory> OF_THREAD =
      ThreadLocal.withInitial(OneDnnWorkingMemory::new);

  private long bytes;
  private memory area;
  private Pointer address;

  private OneDnnWorkingMemory() {}

  /** The calling thread's, of at least that size; valid until the thread asks again. */
  static Pointer ofThread(long bytes) {
    OneDnnWorkingMemory working = OF_THREAD.get();
    if (working.bytes < bytes) {
      working.grow(bytes);
    }
    return working.address;
  }

  private void grow(long newBytes) {
    if (area != null) {
      area.close();
    }
    memory.desc described =
        new memory.desc(new long[] {newBytes}, memory.data_type.u8, memory.format_tag.a);
    area = OneDnnOperation.allocate(described);
    address = area.get_data_handle();
    bytes = newBytes;
  }
}
