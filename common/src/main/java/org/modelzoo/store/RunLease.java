package org.modelzoo.store;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

/**
 * The right of one driver to work on a run directory. A thread renews it every few seconds; where
 * it isn't renewed for longer than a limit, or its process is seen to have ended, the next driver
 * takes the run over. A driver that was believed dead learns it at its next commit and stops: what
 * it wrote until then is what the other writes too, file by file. Lives on the driver.
 */
public final class RunLease implements AutoCloseable {
  private final RunDirectory run;
  private final LeaseStore leases;
  private final long number;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "run-lease");
            thread.setDaemon(true);
            return thread;
          });

  private final Consumer<String> remarks;
  private LeaseFile lease;
  private boolean ended;

  private RunLease(
      RunDirectory run,
      LeaseStore leases,
      long number,
      LeaseFile lease,
      Duration beat,
      Consumer<String> remarks) {
    this.remarks = remarks;
    this.run = run;
    this.leases = leases;
    this.number = number;
    this.lease = lease;
    var unused =
        heart.scheduleWithFixedDelay(
            this::beat, beat.toMillis(), beat.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Takes a run directory, which need not exist yet. Waits for seconds at most, and only where the
   * driver before may still live on another machine.
   *
   * @param remarks hears of waiting and of a take-over
   * @throws ModelZooException (cluster) if another driver works on the run, or it can't be written
   */
  public static RunLease take(RunDirectory run, Consumer<String> remarks) {
    return take(run, DriverProcess.here(), Pace.USUAL, remarks);
  }

  static RunLease take(
      RunDirectory run, DriverProcess driver, Pace pace, Consumer<String> remarks) {
    LeaseStore leases = new LeaseStore(run);
    if (!leases.elects()) {
      remarks.accept(
          "the store of %s can't choose one of several drivers that start together, for want of conditional writes; start one at a time, or bring hadoop-aws 3.4.2 or newer. A second driver is noticed within %d s"
              .formatted(run.location(), pace.beat().toSeconds()));
    }
    LeaseFile own = LeaseFile.of(driver, now());
    long number =
        run.attempt(
            "write", () -> new LeaseRequest(run, leases, own, pace.limit(), remarks).grant());
    return new RunLease(run, leases, number, own, pace.beat(), remarks);
  }

  /** How many drivers have worked on a run, one after the other; 0 where nothing tells. */
  public static long drivers(RunDirectory run) {
    return run.attempt("read", () -> new LeaseStore(run).newest());
  }

  /** Tells others in which application the driver works. */
  public synchronized void application(String id) {
    lease = lease.withApplication(id);
    beat();
  }

  private synchronized void beat() {
    if (ended) {
      return;
    }
    try {
      if (isHeld()) {
        LeaseFile next = lease.renewed(now());
        leases.beat(number, next);
        lease = next;
      } else {
        // Its next write would find out, but that may be minutes away.
        heart.shutdown();
        remarks.accept(lost());
      }
    } catch (Throwable e) {
      // The next beat tries again, and the heart must live to see it; until the limit nobody takes
      // the run away.
    }
  }

  private boolean isHeld() throws IOException {
    return leases.newest() <= number && (leases.elects() || leases.isOf(number, lease));
  }

  /**
   * The run directory, or one inside of it, for the driver that holds the lease: once another
   * driver took the run over, nothing is written or deleted there any more, whatever was begun.
   */
  public RunDirectory fence(RunDirectory directory) {
    return directory.behind(this::requireHeld);
  }

  /**
   * Call before what others must not see twice.
   *
   * @throws ModelZooException (cluster) if another driver took the run over
   */
  public synchronized void requireHeld() {
    if (!run.attempt("read", this::isHeld)) {
      throw new ModelZooException(ErrorKind.CLUSTER, lost());
    }
  }

  private String lost() {
    String why =
        leases.elects()
            ? ", because this one (%s) gave no sign of life in time"
            : " from this one (%s)";
    return "another driver took over the run in %s%s; this one stops, and nothing is lost"
        .formatted(run.location(), why.formatted(lease.description()));
  }

  /** Lets the next driver in at once. */
  @Override
  public void close() {
    heart.shutdown();
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      try {
        if (isHeld()) {
          leases.beat(number, lease.released(now()));
        }
      } catch (IOException | RuntimeException e) {
        // It goes stale by itself.
      }
    }
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /**
   * How often a lease is renewed, and how long without that until it is stale: many beats, so that
   * a pause of the file system or of the collector doesn't cost a run.
   */
  record Pace(Duration beat, Duration limit) {
    static final Pace USUAL = new Pace(Duration.ofSeconds(4), Duration.ofSeconds(30));
  }
}
