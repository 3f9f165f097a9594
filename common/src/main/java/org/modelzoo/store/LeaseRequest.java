package org.modelzoo.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

/** One driver's attempt to become the one that works on a run. */
final class LeaseRequest {
  /** A fraction of the limit: a second, in which uploads that began together end. */
  private static final int SETTLING = 30;

  private final RunDirectory run;
  private final LeaseStore leases;
  private final LeaseFile own;
  private final Duration limit;
  private final Consumer<String> remarks;

  private long watched;
  private Optional<LeaseFile> firstSeen = Optional.empty();
  private long watchedSinceNanos;

  /**
   * An attempt.
   *
   * @param limit a lease that wasn't renewed for so long is stale
   */
  LeaseRequest(
      RunDirectory run,
      LeaseStore leases,
      LeaseFile own,
      Duration limit,
      Consumer<String> remarks) {
    this.run = run;
    this.leases = leases;
    this.own = own;
    this.limit = limit;
    this.remarks = remarks;
  }

  /**
   * Takes the run; waits at most for the limit, where it can't be seen whether the driver before
   * still lives.
   *
   * @return the number of the new lease
   * @throws ModelZooException (cluster) if another driver works on the run
   */
  long grant() throws IOException {
    while (true) {
      long newest = leases.newest();
      if (newest == 0 || isFree(newest)) {
        long next = newest + 1;
        if (leases.create(next, own) && isWon(next)) {
          leases.deleteBelow(next);
          return next;
        }
      } else {
        sleep(limit.dividedBy(60));
      }
    }
  }

  private boolean isWon(long number) throws IOException {
    if (!leases.elects()) {
      // Of several that created it, the last one has it.
      sleep(limit.dividedBy(SETTLING));
      if (!leases.isOf(number, own)) {
        return false;
      }
    }
    // Where leases were deleted meanwhile, the number may be an old one.
    return leases.newest() == number;
  }

  private boolean isFree(long number) throws IOException {
    Optional<LeaseFile> lease = leases.read(number);
    if (lease.isPresent() && lease.get().released()) {
      return true;
    }
    DriverProcess.Liveness sight =
        lease
            .map(LeaseFile::driver)
            .map(driver -> driver.seenBy(own.driver()))
            .orElse(DriverProcess.Liveness.OUT_OF_SIGHT);
    if (sight == DriverProcess.Liveness.ENDED) {
      remark(lease, "was killed");
      return true;
    }
    boolean stale = isStale(number);
    if (!stale && sight == DriverProcess.Liveness.RUNS) {
      throw taken(lease.get());
    }
    if (stale || watchedInVain(number, lease)) {
      remark(lease, "gave no sign of life for %d s".formatted(limit.toSeconds()));
      return true;
    }
    return false;
  }

  private boolean isStale(long number) throws IOException {
    try {
      return leases.age(number).compareTo(limit) >= 0;
    } catch (FileNotFoundException e) {
      return false; // Another driver cleared it away: the next look finds its lease.
    }
  }

  /** Whether the lease stayed as it is for the whole limit. */
  private boolean watchedInVain(long number, Optional<LeaseFile> lease) {
    if (number != watched) {
      watched = number;
      firstSeen = lease;
      watchedSinceNanos = System.nanoTime();
      remarks.accept(
          "the run in %s may have a driver (%s); waits for its sign of life, at most %d s"
              .formatted(run.location(), description(lease), limit.toSeconds()));
      return false;
    }
    if (lease.isPresent() && !lease.equals(firstSeen)) {
      throw taken(lease.get());
    }
    return System.nanoTime() - watchedSinceNanos >= limit.toNanos();
  }

  private void remark(Optional<LeaseFile> lease, String what) {
    remarks.accept(
        "takes over the run in %s from a driver (%s) that %s"
            .formatted(run.location(), description(lease), what));
  }

  private static String description(Optional<LeaseFile> lease) {
    return lease.map(LeaseFile::description).orElse("unknown: its lease can't be read");
  }

  private ModelZooException taken(LeaseFile lease) {
    return new ModelZooException(
        ErrorKind.CLUSTER,
        "another driver works on the run in %s: %s, last sign of life %s; wait for it or end it, then give the same command to continue, or start another one beside it (train and search: --fresh)"
            .formatted(run.location(), lease.description(), lease.renewed()));
  }

  private void sleep(Duration pause) {
    try {
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelZooException(
          ErrorKind.CLUSTER,
          "interrupted while waiting for the driver before of the run in " + run.location(),
          e);
    }
  }
}
