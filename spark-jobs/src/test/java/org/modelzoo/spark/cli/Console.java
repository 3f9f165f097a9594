package org.modelzoo.spark.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** What a command printed and how it ended. */
public record Console(int exitCode, String out, String err) {
  /** Runs the program inside this JVM, with Spark in it and without Spark's pages. */
  public static Console runOn(String localMaster, String[] arguments, String... more) {
    System.setProperty("spark.master", localMaster);
    System.setProperty("spark.ui.enabled", "false");
    try {
      return run(arguments, more);
    } finally {
      System.clearProperty("spark.master");
      System.clearProperty("spark.ui.enabled");
    }
  }

  /** Runs the program inside this JVM. */
  public static Console run(String[] arguments, String... more) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
    try {
      int code =
          ModelZoo.run(Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new));
      return new Console(
          code,
          outBytes.toString(StandardCharsets.UTF_8),
          errBytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
