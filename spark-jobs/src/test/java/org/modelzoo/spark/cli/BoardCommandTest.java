package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BoardCommandTest {
  @TempDir private Path directory;

  @Test
  void itSaysWhereItIsAndEndsWellWhenItIsStopped() throws Exception {
    CompletableFuture<Console> ended = new CompletableFuture<>();
    Thread board = new Thread(() -> ended.complete(board("--port", "0")), "board-command");
    board.start();
    while (Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> thread.getName().startsWith("board-scan"))) {
      Thread.sleep(20);
    }
    while (board.getState() != Thread.State.WAITING) {
      Thread.sleep(20);
    }
    board.interrupt();
    Console console = ended.get(60, TimeUnit.SECONDS);
    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.out()).matches("board at http://localhost:[0-9]+/\n");
  }

  @Test
  void otherMachinesNeedAToken() {
    assertThat(board("--host", "0.0.0.0").exitCode()).isEqualTo(2);
    assertThat(board("--host", "0.0.0.0").err())
        .contains("a token is needed: give --token-file, or set MODELZOO_BOARD_TOKEN");
  }

  @Test
  void aTokenThatCanBeGuessedIsRefused() throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "secret\n");
    Console console = board("--token-file", token.toString());
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains("16 characters or more").doesNotContain("secret");
    Console missing = board("--token-file", directory.resolve("none").toString());
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).contains("--token-file", "can't be read").doesNotContain("\tat ");
  }

  @Test
  void wrongOptionsAreOneClearError() throws Exception {
    assertThat(board("--port", "65536").err()).contains("between 0 and 65535, not 65536");
    assertThat(board("--host", "no host").err()).contains("--host no host is no name");
    assertThat(board("--tls-keystore", "none").err()).contains("MODELZOO_BOARD_KEYSTORE_PASSWORD");
    assertThat(Console.run(new String[] {"board"}).exitCode()).isEqualTo(2);
  }

  @Test
  void aPortThatIsTakenIsSaidToBe() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getByName("localhost"))) {
      Console console = board("--port", Integer.toString(taken.getLocalPort()));
      assertThat(console.exitCode()).isEqualTo(2);
      assertThat(console.err())
          .contains("can't listen at localhost:", "give another --host or --port");
    }
  }

  private Console board(String... options) {
    String[] arguments = new String[options.length + 1];
    arguments[0] = "board";
    System.arraycopy(options, 0, arguments, 1, options.length);
    return Console.run(arguments, directory.toString());
  }
}
