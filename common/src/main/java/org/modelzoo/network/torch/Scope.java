package org.modelzoo.network.torch;

import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;

/** What a thread holds while it uses a network: see {@link Place#enter}. */
final class Scope implements AutoCloseable {
  private final PointerScope pointers = new PointerScope();
  private final InferenceMode noAutograd = new InferenceMode(true);
  private final Pointer guard;

  /**
   * @param guard freed on the way out; null if none
   */
  Scope(Supplier<? extends Pointer> guard) {
    this.guard = guard.get();
  }

  @Override
  public void close() {
    if (guard != null) {
      guard.close();
    }
    noAutograd.close();
    pointers.close();
  }
}
