package org.modelzoo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class DataErrorsTest {
  @Test
  void interruptedReadingIsACancellation() {
    for (IOException cause :
        List.of(new InterruptedIOException(), new ClosedByInterruptException())) {
      assertThat(DataErrors.unreadable("file", cause))
          .isInstanceOf(CancellationException.class)
          .hasMessage("Cancelled while reading file")
          .hasCause(cause);
    }
  }

  @Test
  void timeoutOfARemoteFileSystemIsADataError() {
    assertThat(DataErrors.unreadable("file", new SocketTimeoutException("60 s")))
        .matches(DataFixtures::isDataError)
        .hasMessageStartingWith("file cannot be read: java.net.SocketTimeoutException: 60 s. ");
  }

  @Test
  void endInTheMiddleIsTruncation() {
    assertThat(DataErrors.unreadable("file", new EOFException("3 bytes missing")))
        .matches(DataFixtures::isDataError)
        .hasMessageStartingWith("file is truncated or corrupt (3 bytes missing). ");
  }
}
