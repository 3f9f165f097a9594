package org.modelzoo.network.torch;

import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs steps operation by operation, or, where there is a recorder, records one of a full batch and
 * plays it again from then on. Where that fails it says why once and goes on without.
 */
final class StepRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StepRunner.class);

  /** Steps before the recorded one: libraries choose algorithms and take their memory there. */
  static final int WARMING = 3;

  private final Supplier<Optional<Recorder>> recorders;
  private int full;
  private int warmed;
  private boolean refused;
  private Recorder recording;

  /**
   * @param recorders for a recording each; empty where steps can't be recorded
   */
  StepRunner(Supplier<Optional<Recorder>> recorders) {
    this.recorders = recorders;
  }

  /**
   * Runs a step.
   *
   * @param size images in its batch; the largest so far is a full one
   * @param step asks for its operations, always for the same with the same size
   */
  void run(int size, Runnable step) {
    if (size > full) {
      forget();
      full = size;
    }
    if (refused || size < full) {
      step.run();
    } else if (recording != null) {
      recording.replay();
    } else if (warmed < WARMING) {
      warmed++;
      step.run();
    } else {
      record(step);
    }
  }

  private void record(Runnable step) {
    Optional<Recorder> recorder = recorders.get();
    if (recorder.isPresent() && records(recorder.get(), step)) {
      recording = recorder.get();
      recording.replay();
    } else {
      refused = true;
      step.run();
    }
  }

  private static boolean records(Recorder recorder, Runnable step) {
    try {
      recorder.begin();
      step.run();
      recorder.end();
      return true;
    } catch (RuntimeException e) {
      recorder.abandon();
      recorder.close();
      if (CardFailure.of(e.getMessage()) == CardFailure.POISONED) {
        throw e;
      }
      LOG.warn("A step can't be recorded, so each of its operations is asked for: {}", e + "");
      return false;
    }
  }

  /** Records anew, for steps at other places of memory. */
  void forget() {
    if (recording != null) {
      recording.close();
      recording = null;
    }
    warmed = 0;
  }

  @Override
  public void close() {
    forget();
  }
}
