package org.modelzoo.spark.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.spark.event.Redaction;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command throws into one clear message and its exit code. */
final class ErrorMessages implements IExecutionExceptionHandler {
  /** The option of all commands. */
  static final String STACKTRACE = "--stacktrace";

  private final PrintWriter err;

  ErrorMessages(PrintWriter err) {
    this.err = err;
  }

  @Override
  public int handleExecutionException(Exception error, CommandLine command, ParseResult parsed) {
    boolean stacktrace = command.getParseResult().hasMatchedOption(STACKTRACE);
    boolean known = error instanceof ModelZooException;
    err.println(
        Redaction.of("modelzoo: " + (known ? error.getMessage() : "this is a bug: " + error)));
    if (stacktrace) {
      StringWriter trace = new StringWriter();
      error.printStackTrace(new PrintWriter(trace));
      err.print(Redaction.of(trace.toString()));
      err.flush();
    } else if (!known) {
      err.println("Run it again with " + STACKTRACE + " and report what it prints.");
    }
    return known ? ((ModelZooException) error).kind().exitCode() : ErrorKind.BUG.exitCode();
  }
}
