package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.spark.event.Redaction;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.progress.PlainProgress;
import org.modelzoo.spark.progress.ProgressFile;
import org.modelzoo.spark.progress.ProgressModel;
import org.modelzoo.spark.progress.WarningLines;
import org.modelzoo.store.RunDirectory;

/**
 * Names with escape sequences, those of eight bits too: shown wherever they turn up, not obeyed.
 */
class HostileNamesTest {
  /** Sets a window's title in both ways, clears the screen, turns letters round. */
  private static final String HOSTILE = "\u001b]0;x\u0007\u009b2J\u009d0;y\u202e";

  private static final String SHOWN = "?]0;x??2J?0;y?";

  @TempDir private Path directory;

  @Test
  void anErrorShowsThem() throws IOException {
    Path archive = directory.resolve("theirs.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      zip.putNextEntry(new ZipEntry(HOSTILE));
    }

    Console console =
        Console.run(
            new String[] {
              "predict", "--zoo", archive.toString(), "--task", "t", "--input", "i", "--output", "o"
            },
            "--stacktrace");

    assertThat(console.exitCode()).isEqualTo(3);
    assertThat(console.err()).contains("it has an entry " + SHOWN, "\n\tat ");
    assertHarmless(console);
  }

  @Test
  void aWrongCommandLineShowsThem() {
    Console console = Console.run(new String[] {"report", ".", "--" + HOSTILE});

    assertThat(console.err()).contains(SHOWN);
    assertHarmless(console);
  }

  @Test
  void resultsAndTheProgressOfOthersShowThem() {
    RunDirectory run = RunDirectory.at(directory.resolve(HOSTILE).toString(), new Configuration());
    ProgressModel model = new ProgressModel();
    model.on(new RunEvent.Started(HOSTILE, run.location(), 2, 1, OptionalLong.of(100)));
    ProgressFile.of(model, run, remark -> {}).close();

    Console console = Console.run(new String[] {"top", "--once"}, run.location());

    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.out()).contains("/" + SHOWN + "\n", "\n" + SHOWN + " ");
    assertHarmless(console);
  }

  @Test
  void plainProgressAndWarningsShowThem() {
    String printed =
        printedOnStandardError(
            () -> {
              PrintStream err = Redaction.standardError();
              new PlainProgress(err).on(new RunEvent.Remark("zoo", HOSTILE));
              new WarningLines(err).on(new RunEvent.Remark("zoo", HOSTILE));
            });

    assertThat(printed.lines()).hasSize(2).allMatch(line -> line.contains(SHOWN));
  }

  @Test
  void logLinesShowThem() {
    String printed = logged("lost " + HOSTILE + " fs.s3a.secret.key=pl4nted");

    assertThat(printed).contains("lost " + SHOWN + " fs.s3a.secret.key=(hidden)");
    assertThat(printed).doesNotContain("\u001b", "\u009b", "\u009d", "\u202e", "pl4nted");
  }

  @Test
  void logLinesHaveStackTracesWhereTheCommandAsksForThem() {
    assertThat(logged("failed")).contains("IllegalStateException: known").doesNotContain("\tat ");
    assertThat(logged("failed", "train", "--stacktrace")).contains("known", "\tat ");
  }

  /** What is printed of an error that a library logs. */
  private static String logged(String message, String... arguments) {
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    return printedOnStandardError(
        () -> {
          ConsoleAppender console =
              ConsoleAppender.newBuilder()
                  .setName("hostile")
                  .setTarget(ConsoleAppender.Target.SYSTEM_ERR)
                  .build();
          console.start();
          context.getConfiguration().getRootLogger().addAppender(console, null, null);
          try (TerminalLogs logs = TerminalLogs.shown(arguments)) {
            assertThat(logs).isNotNull();
            LogManager.getLogger("test").error(message, new IllegalStateException("known"));
          } finally {
            context.getConfiguration().getRootLogger().removeAppender("hostile");
          }
        });
  }

  @Test
  void helpIsOurs() {
    Console console = Console.run(new String[] {"report", "--help"});

    assertThat(console.exitCode()).isZero();
    assertThat(console.out()).contains("--images");
  }

  private static void assertHarmless(Console console) {
    assertThat(console.out() + console.err())
        .doesNotContain("\u001b", "\u0007", "\u009b", "\u009d", "\u202e");
  }

  private static String printedOnStandardError(Runnable work) {
    PrintStream err = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setErr(err);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
