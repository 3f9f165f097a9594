package org.modelzoo.spark.cli;

import java.io.PrintWriter;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.spark.event.Redaction;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A wrong command line: one message, what was meant perhaps, where to read on. */
final class UsageErrors implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException error, String[] arguments) {
    CommandLine command = error.getCommandLine();
    PrintWriter err = command.getErr();
    // Of groups of options, picocli's messages begin otherwise than the rest.
    String message = error.getMessage().replaceFirst("^Error: ", "");
    err.println(Redaction.of("modelzoo: " + message));
    UnmatchedArgumentException.printSuggestions(error, err);
    err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    return ErrorKind.CONFIGURATION.exitCode();
  }
}
