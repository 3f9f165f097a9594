package org.modelzoo.network.torch;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.javacpp.Pointer;

/** Native objects that outlive the call that makes them, whatever scope is open there. */
final class OwnedPointers implements AutoCloseable {
  private final Deque<Pointer> pointers = new ArrayDeque<>();

  /** Keeps it until this is closed. */
  <P extends Pointer> P keep(P pointer) {
    pointer.retainReference();
    pointers.push(pointer);
    return pointer;
  }

  /** Frees all, the newest first. */
  @Override
  public void close() {
    while (!pointers.isEmpty()) {
      pointers.pop().releaseReference();
    }
  }
}
