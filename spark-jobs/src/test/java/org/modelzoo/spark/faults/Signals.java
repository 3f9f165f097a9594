package org.modelzoo.spark.faults;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Signals to processes of a cluster. */
public final class Signals {
  private Signals() {}

  /** Tells an executor that its node goes away, and gives it the time to hear. */
  public static void leave(ProcessHandle executor) {
    send(executor, "PWR");
    try {
      TimeUnit.SECONDS.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Sends a signal, such as INT, which is Ctrl-C. */
  public static void send(ProcessHandle receiver, String signal) {
    try {
      String process = Long.toString(receiver.pid());
      int exit = new ProcessBuilder("kill", "-" + signal, process).inheritIO().start().waitFor();
      if (exit != 0) {
        throw new AssertionError("no process " + process);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
