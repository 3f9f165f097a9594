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
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/**
 * Leads what others print on standard error, log lines above all, around a live view: line by line
 * to whoever draws it. What native code prints goes its own way, and the next frame draws over it.
 */
final class TerminalLogs implements AutoCloseable {
  private final List<Runnable> undo = new ArrayList<>();

  private TerminalLogs() {}

  /** Leads lines away until it is closed. */
  static TerminalLogs install(Consumer<String> lines) {
    TerminalLogs logs = new TerminalLogs();
    PrintStream err = System.err;
    System.setErr(new PrintStream(new Lines(lines), true, StandardCharsets.UTF_8));
    logs.undo.add(() -> System.setErr(err));
    // Another implementation of logging keeps its ways.
    if (LogManager.getContext(false) instanceof LoggerContext context) {
      logs.leadAway(context, lines);
    }
    return logs;
  }

  private void leadAway(LoggerContext context, Consumer<String> lines) {
    Configuration configuration = context.getConfiguration();
    Set<LoggerConfig> loggers = new LinkedHashSet<>(configuration.getLoggers().values());
    // It isn't among them where nobody has configured logging.
    loggers.add(configuration.getRootLogger());
    for (LoggerConfig logger : loggers) {
      for (Appender appender : List.copyOf(logger.getAppenders().values())) {
        if (appender instanceof ConsoleAppender) {
          replace(logger, appender, new LineAppender(appender, lines));
        }
      }
    }
  }

  private void replace(LoggerConfig logger, Appender console, Appender ours) {
    ours.start();
    logger.addAppender(ours, null, null);
    logger.removeAppender(console.getName());
    undo.add(
        () -> {
          logger.addAppender(console, null, null);
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

    LineAppender(Appender console, Consumer<String> lines) {
      super(
          console.getName() + "-live",
          null,
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
