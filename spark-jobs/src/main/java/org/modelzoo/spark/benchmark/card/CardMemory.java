package org.modelzoo.spark.benchmark.card;

import java.util.List;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.network.Device;

/** The memory of a card that is in use, by {@code nvidia-smi}. */
final class CardMemory {
  private static final long BETWEEN_LOOKS_MILLIS = 250;

  private CardMemory() {}

  /**
   * Watches the card's memory while something runs; 2²⁰ bytes more than before at the most, of all
   * processes together; null on a processor.
   */
  static Double during(Device device, Runnable work) {
    if (!device.isCard()) {
      work.run();
      return null;
    }
    double before = used(device);
    double[] most = {before};
    Thread watch =
        new Thread(
            () -> {
              try {
                while (true) {
                  Thread.sleep(BETWEEN_LOOKS_MILLIS);
                  most[0] = Math.max(most[0], used(device));
                }
              } catch (InterruptedException | ModelZooException e) {
                // Enough was seen.
              }
            },
            "card-memory");
    watch.setDaemon(true);
    watch.start();
    try {
      work.run();
    } finally {
      watch.interrupt();
      join(watch);
    }
    return most[0] - before;
  }

  private static double used(Device device) {
    return Double.parseDouble(
        Commands.output(
                List.of(
                    "nvidia-smi",
                    "--query-gpu=memory.used",
                    "--format=csv,noheader,nounits",
                    "--id=" + device.card()))
            .strip());
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
