package org.modelzoo.spark.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.AppenderRef;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.modelzoo.spark.event.Redaction;

/**
 * Leads log lines, and what others print on standard error, line by line to where they may be
 * shown. What native code prints goes its own way.
 */
final class TerminalLogs implements AutoCloseable {
  private static final Pattern TRACE = Pattern.compile("\\s+(at .*|\\.\\.\\. \\d+ more)");

  private final List<Runnable> undo = new ArrayList<>();

  private TerminalLogs() {}

  /**
   * Prints log lines where they would be printed, as a terminal may show them, until it is closed:
   * messages of Hadoop and Spark quote what others wrote. Stack traces are left out, which Spark
   * logs of every task that fails, unless the command asks for them.
   */
  static TerminalLogs shown(String... arguments) {
    TerminalLogs logs = new TerminalLogs();
    UnaryOperator<String> text =
        List.of(arguments).contains(ErrorMessages.STACKTRACE)
            ? UnaryOperator.identity()
            : TerminalLogs::withoutTrace;
    // The streams of the moment, which a live view may have led away since.
    logs.leadAway(
        console ->
            console.getTarget() == ConsoleAppender.Target.SYSTEM_OUT
                ? line -> System.out.println(Redaction.of(text.apply(line)))
                : line -> System.err.println(Redaction.of(text.apply(line))));
    return logs;
  }

  private static String withoutTrace(String text) {
    return text.lines()
        .filter(line -> !TRACE.matcher(line).matches())
        .collect(Collectors.joining("\n"));
  }

  /** Leads all lines around a live view, to whoever draws it, until it is closed. */
  static TerminalLogs install(Consumer<String> lines) {
    TerminalLogs logs = new TerminalLogs();
    PrintStream err = System.err;
    System.setErr(new PrintStream(new Lines(lines), true, StandardCharsets.UTF_8));
    logs.undo.add(() -> System.setErr(err));
    logs.leadAway(console -> lines);
    return logs;
  }

  private void leadAway(Function<ConsoleAppender, Consumer<String>> lines) {
    if (!(LogManager.getContext(false) instanceof LoggerContext context)) {
      return; // Another implementation of logging keeps its ways.
    }
    Configuration configuration = context.getConfiguration();
    Set<LoggerConfig> loggers = new LinkedHashSet<>(configuration.getLoggers().values());
    // It isn't among them where nobody has configured logging.
    loggers.add(configuration.getRootLogger());
    for (LoggerConfig logger : loggers) {
      for (Appender appender : List.copyOf(logger.getAppenders().values())) {
        if (appender instanceof ConsoleAppender console) {
          replace(logger, console, new LineAppender(console, lines.apply(console)));
        }
      }
    }
  }

  private void replace(LoggerConfig logger, ConsoleAppender console, Appender ours) {
    AppenderRef as =
        logger.getAppenderRefs().stream()
            .filter(ref -> ref.getRef().equals(console.getName()))
            .findFirst()
            .orElse(AppenderRef.createAppenderRef(console.getName(), null, null));
    ours.start();
    logger.addAppender(ours, as.getLevel(), as.getFilter());
    logger.removeAppender(console.getName());
    undo.add(
        () -> {
          logger.addAppender(console, as.getLevel(), as.getFilter());
          logger.removeAppender(ours.getName());
        });
  }

  @Override
  public void close() {
    undo.forEach(Runnable::run);
  }

  /** Formats as the appender in whose place it stands. */
  private static final class LineAppender extends AbstractAppender {
    private final Consumer<String> lines;

    LineAppender(ConsoleAppender console, Consumer<String> lines) {
      super(
          console.getName() + "-lines",
          console.getFilter(),
          console.getLayout(),
          /* ignoreExceptions= */ true,
          Property.EMPTY_ARRAY);
      this.lines = lines;
    }

    @Override
    public void append(LogEvent event) {
      lines.accept(
          new String(getLayout().toByteArray(event), StandardCharsets.UTF_8).stripTrailing());
    }
  }

  /** Cuts what is written into lines. */
  private static final class Lines extends OutputStream {
    private final Consumer<String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Lines(Consumer<String> lines) {
      this.lines = lines;
    }

    @Override
    public synchronized void write(int b) {
      if (b == '\n') {
        lines.accept(line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else {
        line.write(b);
      }
    }
  }
}
