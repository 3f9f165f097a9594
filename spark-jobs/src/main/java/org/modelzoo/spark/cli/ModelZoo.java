package org.modelzoo.spark.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.spark.job.SoftwareVersion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The program's one main class, under {@code deploy/modelzoo} and plain {@code spark-submit}. */
@Command(
    name = "modelzoo",
    mixinStandardHelpOptions = true,
    description = "Grows a zoo of multi-head networks over many tasks on Apache Spark.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TrainCommand.class,
      SweepCommand.class,
      TogetherCommand.class,
      SearchCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      TopCommand.class,
      BoardCommand.class,
      ReportCommand.class,
      ValidateCommand.class,
      DataCommand.class,
      ExportCommand.class,
      BenchmarkCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Options of spark-submit (--master, --conf k=v, --executor-memory, …) may stand",
      "among those of deploy/modelzoo and are handed through to Spark.",
      "",
      "Exit codes: 0 done, 2 configuration or usage, 3 data, 4 cluster or resources,",
      "5 training, 1 a bug."
    })
public final class ModelZoo {
  private static final String VERSION =
      "modelzoo %s, Java %s".formatted(SoftwareVersion.text(), System.getProperty("java.version"));

  private ModelZoo() {}

  /** Runs a command; the exit code is the process'. */
  public static void main(String[] arguments) {
    int code = run(arguments);
    if (code != 0) {
      // On success main returns, so that a driver in cluster mode can report its state itself.
      System.exit(code);
    }
  }

  /** Runs a command and returns its exit code. */
  static int run(String... arguments) {
    QuietLogs.install();
    // Numbers, in messages and in names of files, look the same in every country.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    PrintWriter err = TerminalWriter.on(System.err);
    TerminalLogs logs = TerminalLogs.shown(arguments);
    try {
      return execute(err, arguments);
    } catch (OutOfMemoryError e) {
      // Picocli handles exceptions only.
      ModelZooException known = ModelZooException.of(e);
      err.println("modelzoo: " + known.getMessage());
      return known.kind().exitCode();
    } finally {
      logs.close();
    }
  }

  private static int execute(PrintWriter err, String... arguments) {
    return commandLine()
        .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
        .setErr(err)
        .setParameterExceptionHandler(new UsageErrors())
        .setExecutionExceptionHandler(new ErrorMessages(err))
        .setExecutionStrategy(ModelZoo::execute)
        .execute(arguments.length == 0 ? new String[] {"help"} : arguments);
  }

  /** Help has escape sequences of its own, for bold words; what commands print has none. */
  private static int execute(ParseResult parsed) {
    Integer help = CommandLine.executeHelpRequest(parsed);
    if (help != null) {
      return help;
    }
    parsed.commandSpec().commandLine().setOut(TerminalWriter.on(System.out));
    return new RunLast().execute(parsed);
  }

  /** All commands with all their options. */
  static CommandLine commandLine() {
    CommandLine program = new CommandLine(new ModelZoo());
    program.setCaseInsensitiveEnumValuesAllowed(true);
    program.getCommandSpec().version(VERSION);
    addToCommandsOf(program);
    return program;
  }

  /** What every command has; the stack trace is for {@link ErrorMessages}. */
  private static void addToCommandsOf(CommandLine parent) {
    for (CommandLine command : parent.getSubcommands().values()) {
      command
          .getCommandSpec()
          .version(VERSION)
          .addOption(
              OptionSpec.builder(ErrorMessages.STACKTRACE)
                  .type(boolean.class)
                  .description("Print the stack trace of an error.")
                  .build());
      addToCommandsOf(command);
    }
  }
}
