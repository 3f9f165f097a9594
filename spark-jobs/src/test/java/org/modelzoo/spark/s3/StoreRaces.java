package org.modelzoo.spark.s3;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunLease;

/**
 * A program that races on a store: drivers for the lease of a run, and a reader with a writer of a
 * state file. Prints a line for each. Runs with the S3A client, which tests don't have.
 */
public final class StoreRaces {
  private static final int DRIVERS = 6;
  private static final int OVERWRITES = 200;
  private static final int LINES = 400;

  private StoreRaces() {}

  /** Arguments: where, and how many races. */
  public static void main(String[] arguments) throws Exception {
    Configuration hadoop = new Configuration();
    int one = 0;
    int races = Integer.parseInt(arguments[1]);
    ExecutorService threads =
        Executors.newFixedThreadPool(
            DRIVERS,
            task -> {
              Thread thread = new Thread(task);
              thread.setDaemon(true);
              return thread;
            });
    for (int race = 0; race < races; race++) {
      one += holders(arguments[0] + "/race-" + race, hadoop, threads) == 1 ? 1 : 0;
    }
    System.out.printf("%d of %d races have one winner%n", one, races);
    System.out.println(reads(RunDirectory.at(arguments[0] + "/read", hadoop), threads));
  }

  private static int holders(String run, Configuration hadoop, ExecutorService threads)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(DRIVERS);
    List<Future<RunLease>> attempts = new ArrayList<>();
    for (int i = 0; i < DRIVERS; i++) {
      attempts.add(
          threads.submit(
              () -> {
                start.await();
                return RunLease.take(RunDirectory.at(run, hadoop), remark -> {});
              }));
    }
    List<RunLease> holders = new ArrayList<>();
    for (Future<RunLease> attempt : attempts) {
      try {
        holders.add(attempt.get());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof ModelZooException refused)
            || !refused.getMessage().contains("another driver works on the run")) {
          throw e;
        }
      }
    }
    holders.forEach(RunLease::requireHeld);
    holders.forEach(RunLease::close);
    return holders.size();
  }

  private static String reads(RunDirectory run, ExecutorService threads) throws Exception {
    AtomicBoolean written = new AtomicBoolean();
    run.write("progress.json", content(0));
    Future<Integer> reads =
        threads.submit(
            () -> {
              int count = 0;
              while (!written.get()) {
                String text = run.findText("progress.json").orElseThrow();
                int number = Integer.parseInt(text.substring(0, text.indexOf('\n')));
                if (!text.equals(new String(content(number), StandardCharsets.UTF_8))) {
                  throw new IllegalStateException("half a file: " + text.length());
                }
                count++;
              }
              return count;
            });
    for (int i = 1; i <= OVERWRITES; i++) {
      run.write("progress.json", content(i));
    }
    written.set(true);
    return reads.get() > 0 ? "always found whole" : "never read";
  }

  /**
   * Its number on every line. All are of one length: s3proxy may send the length of one file with
   * the content of another that replaces it just then, which S3 itself doesn't.
   */
  private static byte[] content(int number) {
    return "%06d%n".formatted(number).repeat(LINES).getBytes(StandardCharsets.UTF_8);
  }
}
