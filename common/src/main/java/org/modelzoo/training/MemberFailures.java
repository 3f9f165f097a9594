package org.modelzoo.training;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CancellationException;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.network.PoisonedDeviceException;

/** Turns what went wrong while a member was trained into its outcome. */
public final class MemberFailures {
  private static final String OUT_OF_MEMORY =
      "training ran out of memory: %s; raise spark.executor.memory (images) or spark.executor.memoryOverhead (network), in local mode --driver-memory, or lower training.batch-size or cluster.members-at-once";

  private MemberFailures() {}

  /**
   * The outcome of a member whose training ended with an error.
   *
   * @param run location of the run directory
   * @throws PoisonedDeviceException the error, if it is one: it says nothing of the member
   */
  public static MemberOutcome outcomeOf(Throwable error, String run) {
    if (error instanceof PoisonedDeviceException poisoned) {
      throw poisoned;
    }
    if (error instanceof ModelZooException known) {
      return failed(known.kind(), known.getMessage(), error);
    }
    if (error instanceof CancellationException) {
      return new MemberOutcome.Cancelled();
    }
    if (error instanceof IOException failure) {
      if (interrupted(failure)) {
        return new MemberOutcome.Cancelled();
      }
      return failed(
          ErrorKind.CLUSTER,
          "can't read or write the run directory %s: %s; check that it has room and that executors may read and write it"
              .formatted(run, failure.getMessage()),
          error);
    }
    if (error instanceof OutOfMemoryError) {
      return failed(ErrorKind.CLUSTER, OUT_OF_MEMORY.formatted(error), error);
    }
    return failed(
        ErrorKind.BUG, "this is a bug: " + error + "; report it with --stacktrace", error);
  }

  private static MemberOutcome failed(ErrorKind kind, String message, Throwable error) {
    return new MemberOutcome.Failed(kind, message, trace(error));
  }

  /** Whether the thread was interrupted in the middle of reading or writing. */
  private static boolean interrupted(IOException error) {
    return error instanceof ClosedByInterruptException
        || (error instanceof InterruptedIOException && !(error instanceof SocketTimeoutException));
  }

  private static String trace(Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
