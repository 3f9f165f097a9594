package org.modelzoo.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CancellationException;
import java.util.zip.ZipException;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

/** The texts of what can be wrong with data files: what, where, the rule, the next step. */
final class DataErrors {
  private static final String FETCH_AGAIN = "Fetch the file again and compare its checksum.";

  private DataErrors() {}

  static ModelZooException data(String message) {
    return new ModelZooException(ErrorKind.DATA, message);
  }

  static ModelZooException wrongSize(String file, long expected, long found) {
    return data(
        "%s is not complete or not of this format: expected %d bytes, found %d. %s"
            .formatted(file, expected, found, FETCH_AGAIN));
  }

  static ModelZooException corrupt(String file, String finding) {
    return data("%s is corrupt: %s. %s".formatted(file, finding, FETCH_AGAIN));
  }

  /**
   * Reading failed. A thread that was interrupted was cancelled, which says nothing about the data.
   */
  static RuntimeException unreadable(String file, IOException cause) {
    boolean timeout = cause instanceof SocketTimeoutException;
    if (cause instanceof ClosedByInterruptException
        || (cause instanceof InterruptedIOException && !timeout)) {
      CancellationException cancelled =
          new CancellationException("Cancelled while reading " + file);
      cancelled.initCause(cause);
      return cancelled;
    }
    if (cause instanceof EOFException || cause instanceof ZipException) {
      return new ModelZooException(
          ErrorKind.DATA,
          "%s is truncated or corrupt (%s). %s".formatted(file, cause.getMessage(), FETCH_AGAIN),
          cause);
    }
    return new ModelZooException(
        ErrorKind.DATA,
        "%s cannot be read: %s. Check data.directory, and that every node can reach it."
            .formatted(file, cause),
        cause);
  }
}
