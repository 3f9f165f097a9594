package org.modelzoo.spark.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.store.Json;

/** Where {@code --json} sends its lines: to the end of a file, to standard output, or nowhere. */
final class JsonLines {
  private static final String STANDARD_OUTPUT = "-";

  private final String target;
  private final PrintWriter out;

  private JsonLines(String target, PrintWriter out) {
    this.target = target;
    this.out = out;
  }

  /**
   * Lines for a target.
   *
   * @param target a file, {@code -} for standard output, or null for nowhere
   * @throws ModelZooException (configuration) if the file can't be written
   */
  static JsonLines to(String target, PrintWriter out) {
    JsonLines lines = new JsonLines(target, out);
    lines.append(new byte[0]);
    return lines;
  }

  /** Adds a record. */
  void add(Object value) {
    append(Json.writeLine(value));
  }

  /** Whether standard output belongs to the lines alone. */
  boolean takeStandardOutput() {
    return STANDARD_OUTPUT.equals(target);
  }

  private void append(byte[] line) {
    if (target == null) {
      return;
    }
    if (takeStandardOutput()) {
      out.print(new String(line, StandardCharsets.UTF_8));
      out.flush();
      return;
    }
    try {
      Files.write(Path.of(target), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException | InvalidPathException e) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "can't write --json %s: %s; name a file in a directory that exists"
              .formatted(target, e.getMessage()),
          e);
    }
  }
}
