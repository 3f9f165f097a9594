package org.modelzoo.store;

import java.io.IOException;
import java.util.Optional;
import org.modelzoo.store.DriverProcess.Liveness;

/**
 * What somebody who only looks at a run directory can tell of its driver.
 *
 * @param description host, process and application
 * @param renewed its last sign of life, ISO 8601, by its own clock
 */
public record DriverSign(State state, String description, String renewed) {
  /** Whether the driver still works, as far as its lease tells. */
  public enum State {
    /** It has ended by itself. */
    RELEASED,
    /** Its process is gone, as is seen from the same machine. */
    KILLED,
    /** It works, or was killed on another machine: then its last sign of life grows old. */
    UNKNOWN
  }

  /**
   * The driver that worked on a run last; empty where none did. Writes nothing.
   *
   * @throws org.modelzoo.base.ModelZooException (cluster) if the run directory can't be read
   */
  public static Optional<DriverSign> of(RunDirectory run) {
    return run.attempt("read", () -> newest(new LeaseStore(run)).map(DriverSign::of));
  }

  private static Optional<LeaseFile> newest(LeaseStore leases) throws IOException {
    long newest = leases.newest();
    return newest == 0 ? Optional.empty() : leases.read(newest);
  }

  private static DriverSign of(LeaseFile lease) {
    return new DriverSign(state(lease), lease.description(), lease.renewed());
  }

  private static State state(LeaseFile lease) {
    if (lease.released()) {
      return State.RELEASED;
    }
    return lease.driver().seenBy(DriverProcess.here()) == Liveness.ENDED
        ? State.KILLED
        : State.UNKNOWN;
  }
}
