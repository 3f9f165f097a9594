package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.spark.TinyExperiment;

@ExtendWith(LocalMaster.class)
class ReportCommandTest {
  @TempDir private Path output;

  @Test
  void aRunLeavesAReportThatCanBeMadeAgain() throws IOException {
    Console trained =
        Console.run(TinyExperiment.arguments("train", output, "experiment.baselines=[isolated]"));
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(trained.err()).doesNotContain("can't be written");
    Path report = output.resolve("tiny/report.html");
    String first = Files.readString(report);
    assertThat(first)
        .contains("zoo of 4 tasks, seed 1: finished, 4 rounds.")
        .contains("family-2-task-2", "id=\"comparison\"", "data:image/png;base64,")
        .contains("local on ");
    Files.delete(report);
    Console again =
        Console.run(new String[] {"report", "--images", output.resolve("tiny").toString()});
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).contains(report.toString());
    assertThat(withoutTime(Files.readString(report))).isEqualTo(withoutTime(first));
    Console bare = Console.run(new String[] {"report", output.resolve("tiny").toString()});
    assertThat(bare.exitCode()).as(bare.err()).isZero();
    assertThat(report)
        .content()
        .contains("modelzoo report --images")
        .doesNotContain("data:image/png;base64,");
  }

  /** The page without the last line of text, which says when it was made. */
  private static String withoutTime(String page) {
    return page.replaceAll("<footer>.*?</footer>", "");
  }

  @Test
  void aDirectoryWithoutARunIsRefused() {
    Console console = Console.run(new String[] {"report", output.toString()});
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains("holds no run").doesNotContain("\tat ");
  }
}
