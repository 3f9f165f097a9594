package org.modelzoo.spark.session;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.spark.event.RunEvent.ClusterNote;
import org.modelzoo.spark.event.RunListener;

/**
 * The start of a Spark session on the driver. Where a resource manager accepts an application and
 * has no room for it, Spark itself waits for ever.
 */
final class ApplicationStart {
  private static final Duration NOTICE_INTERVAL = Duration.ofSeconds(30);

  private final SparkConf conf;
  private final RunListener listener;
  private final Duration limit;

  /**
   * @param limit zero for none
   */
  ApplicationStart(SparkConf conf, RunListener listener, Duration limit) {
    this.conf = conf;
    this.listener = listener;
    this.limit = limit;
  }

  /**
   * The session's context, once it is there.
   *
   * @throws ModelZooException (cluster) if there is none within the limit
   */
  JavaSparkContext context() {
    FutureTask<JavaSparkContext> start = new FutureTask<>(() -> new JavaSparkContext(conf));
    Thread thread = new Thread(start, "spark-start");
    thread.setDaemon(true);
    thread.start();
    long startedNanos = System.nanoTime();
    while (true) {
      try {
        return start.get(nextLook(startedNanos).toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        listener.on(new ClusterNote(ClusterNote.Kind.WAIT, stillWaiting(startedNanos)));
      } catch (ExecutionException e) {
        throw failed(e.getCause().getMessage(), e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failed("interrupted", e);
      }
    }
  }

  private Duration nextLook(long startedNanos) {
    if (limit.isZero()) {
      return NOTICE_INTERVAL;
    }
    Duration left = limit.minusNanos(System.nanoTime() - startedNanos);
    if (left.isNegative() || left.isZero()) {
      throw failed(
          "it took longer than %d s (cluster.executor-time-limit)".formatted(limit.toSeconds()),
          null);
    }
    return left.compareTo(NOTICE_INTERVAL) < 0 ? left : NOTICE_INTERVAL;
  }

  private String stillWaiting(long startedNanos) {
    return "Spark has been starting on master %s for %d s; check that the cluster has room for the application"
        .formatted(
            conf.get("spark.master"),
            TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedNanos));
  }

  private ModelZooException failed(String why, Throwable cause) {
    return new ModelZooException(
        ErrorKind.CLUSTER,
        "Spark does not start on master %s: %s; check --master and the cluster's logs"
            .formatted(conf.get("spark.master"), why),
        cause);
  }
}
