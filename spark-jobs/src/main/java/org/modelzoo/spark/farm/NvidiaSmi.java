package org.modelzoo.spark.farm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the driver of the graphics cards what there is, through its command. Runs on executors. */
public final class NvidiaSmi {
  /** The first call on a machine may have to wake the cards. */
  private static final int LIMIT_SECONDS = 60;

  private static final Pattern LINE =
      Pattern.compile(
          "([0-9]+), *([^,]+), *(.+), *([0-9]+)\\.([0-9]+), *([0-9]+), *([0-9]+\\.[0-9.]+)");

  private final String command;

  /**
   * The command.
   *
   * @param command a path, or a name to be found on the PATH
   */
  public NvidiaSmi(String command) {
    this.command = command;
  }

  /**
   * The cards of this machine.
   *
   * @throws IOException if there is no such command, or it doesn't tell; the message says why
   */
  public List<GraphicsCard> cards() throws IOException {
    List<GraphicsCard> cards = new ArrayList<>();
    for (String line : output().lines().filter(text -> !text.isBlank()).toList()) {
      Matcher fields = LINE.matcher(line.strip());
      if (!fields.matches()) {
        throw new IOException("%s prints \"%s\"".formatted(command, line.strip()));
      }
      cards.add(
          new GraphicsCard(
              fields.group(1),
              fields.group(2),
              fields.group(3),
              Integer.parseInt(fields.group(4)),
              Integer.parseInt(fields.group(5)),
              Long.parseLong(fields.group(6)),
              fields.group(7)));
    }
    return cards;
  }

  private String output() throws IOException {
    Path file = Files.createTempFile("modelzoo-cards", ".txt");
    try {
      Process process =
          new ProcessBuilder(
                  command,
                  "--query-gpu=index,uuid,name,compute_cap,memory.total,driver_version",
                  "--format=csv,noheader,nounits")
              .redirectErrorStream(true)
              .redirectOutput(file.toFile())
              .start();
      if (!ended(process)) {
        process.destroyForcibly();
        throw new IOException("%s does not end in %d s".formatted(command, LIMIT_SECONDS));
      }
      String output = Files.readString(file);
      if (process.exitValue() != 0) {
        throw new IOException(
            "%s ends with %d: %s".formatted(command, process.exitValue(), output.strip()));
      }
      return output;
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static boolean ended(Process process) throws IOException {
    try {
      return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
