package org.modelzoo.spark.faults;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Signals to processes of a cluster. */
public final class Signals {
  private Signals() {}

  /** Tells an executor that its node goes away, and gives it the time to hear. */
  public static void leave(ProcessHandle executor) {
    try {
      String process = Long.toString(executor.pid());
      int exit = new ProcessBuilder("kill", "-PWR", process).inheritIO().start().waitFor();
      if (exit != 0) {
        throw new AssertionError("no process " + process);
      }
      TimeUnit.SECONDS.sleep(5);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
