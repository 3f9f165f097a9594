package org.modelzoo.spark.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.jline.utils.Signals;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.board.web.BoardServer;
import org.modelzoo.board.web.BoardSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code board}: all runs below some directories, live in a browser. */
@Command(
    name = "board",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Serves a page that shows all runs, sweeps, studies and zoos below some directories, live.",
      "It only reads, needs no cluster, and goes on until it is stopped with Ctrl-C."
    })
final class BoardCommand implements Callable<Integer> {
  static final int DEFAULT_PORT = 8710;

  private static final String TOKEN = "MODELZOO_BOARD_TOKEN";
  private static final String KEYSTORE_PASSWORD = "MODELZOO_BOARD_KEYSTORE_PASSWORD";

  /** Shorter ones can be guessed. */
  private static final int SHORTEST_TOKEN = 16;

  @Parameters(
      arity = "1..*",
      paramLabel = "ROOT",
      description =
          "Output directories, on any Hadoop file system; one that isn't there yet shows when it is.")
  private List<String> roots;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description =
          "Name or address to listen at (default ${DEFAULT-VALUE}); others than this machine's own loopback want a token.")
  private String host = "localhost";

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port to listen at (default ${DEFAULT-VALUE}); 0 for any that is free.")
  private int port = DEFAULT_PORT;

  @Option(
      names = "--allowed-host",
      split = ",",
      paramLabel = "NAME",
      description =
          "Further names that the board is reached by, for example a proxy's; requests for others are refused.")
  private List<String> allowedHosts = List.of();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "File with a secret of 16 characters or more, which everybody must bring; or in the environment variable "
              + TOKEN
              + ".")
  private Path tokenFile;

  @Option(
      names = "--tls-keystore",
      paramLabel = "FILE",
      description =
          "PKCS #12 or JKS file with key and certificate, for HTTPS; its password in the environment variable "
              + KEYSTORE_PASSWORD
              + ".")
  private Path keystore;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    BoardSettings settings =
        new BoardSettings(
            roots, checkedHost(), checkedPort(), Set.copyOf(allowedHosts), token(), tls());
    BoardServer board = BoardServer.start(settings, new Configuration());
    PrintWriter out = spec.commandLine().getOut();
    out.println("board at " + board.address());
    out.flush();
    awaitCtrlC();
    board.close();
    return 0;
  }

  /** The normal way to end it; other signals end it as they end any program. */
  private static void awaitCtrlC() {
    CountDownLatch pressed = new CountDownLatch(1);
    Object before = Signals.register("INT", pressed::countDown);
    try {
      pressed.await();
    } catch (InterruptedException e) {
      // Whoever interrupts wants it to end, which it does, and closing must not be interrupted.
    } finally {
      Signals.unregister("INT", before);
    }
  }

  private int checkedPort() {
    if (port < 0 || port > 65_535) {
      throw new ParameterException(
          spec.commandLine(), "--port must be between 0 and 65535, not %d".formatted(port));
    }
    return port;
  }

  private String checkedHost() {
    try {
      if (!InetAddress.getByName(host).isLoopbackAddress() && token().isEmpty()) {
        throw new ParameterException(
            spec.commandLine(),
            "--host %s can be reached from other machines, so a token is needed: give --token-file, or set %s"
                .formatted(host, TOKEN));
      }
      return host;
    } catch (UnknownHostException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--host %s is no name or address of this machine; give localhost, or 0.0.0.0 for all its addresses"
              .formatted(host),
          e);
    }
  }

  private Optional<String> token() {
    String given = tokenFile == null ? System.getenv(TOKEN) : read(tokenFile);
    if (given == null) {
      return Optional.empty();
    }
    String token = given.strip();
    if (token.length() < SHORTEST_TOKEN || !token.matches("[\\x21-\\x7e]+")) {
      throw new ParameterException(
          spec.commandLine(),
          "the token in %s must have %d characters or more, letters, digits and signs without spaces, not %d"
              .formatted(tokenFile == null ? TOKEN : tokenFile, SHORTEST_TOKEN, token.length()));
    }
    return Optional.of(token);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "--token-file %s can't be read: %s; give a file that exists and holds the token alone"
              .formatted(file, e),
          e);
    }
  }

  private Optional<BoardSettings.Tls> tls() {
    if (keystore == null) {
      return Optional.empty();
    }
    String password = System.getenv(KEYSTORE_PASSWORD);
    if (password == null) {
      throw new ParameterException(
          spec.commandLine(),
          "--tls-keystore wants the keystore's password in the environment variable "
              + KEYSTORE_PASSWORD);
    }
    if (!Files.isReadable(keystore)) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "--tls-keystore %s can't be read; give a PKCS #12 or JKS file".formatted(keystore));
    }
    return Optional.of(new BoardSettings.Tls(keystore.toAbsolutePath().toString(), password));
  }
}
