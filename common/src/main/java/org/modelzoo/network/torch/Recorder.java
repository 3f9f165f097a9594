package org.modelzoo.network.torch;

/** A device's way to record operations and to ask for all of them at once. */
interface Recorder extends AutoCloseable {
  /** From here on the thread's operations are recorded and not computed. */
  void begin();

  /** Ends the recording and prepares it to be played. */
  void end();

  /** Ends a recording that failed; its operations are lost. */
  void abandon();

  /** Computes what was recorded, at the same places of memory. */
  void replay();

  /** Forgets the recording and frees its memory. */
  @Override
  void close();
}
