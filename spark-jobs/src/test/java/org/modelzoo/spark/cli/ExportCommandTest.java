package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.data.LabelledImages;
import org.modelzoo.data.TaskLoader;
import org.modelzoo.spark.TinyExperiment;
import org.modelzoo.store.CompactionFile;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunLease;
import org.modelzoo.zoo.Zoo;

@ExtendWith(LocalMaster.class)
class ExportCommandTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path output;

  @Test
  void theArchiveOfACompactedZooIsAsAccurateAsItsTableSays() throws IOException {
    assertThat(Console.run(TinyExperiment.arguments("train", output)).exitCode()).isZero();
    String run = output.resolve("tiny").toString();
    Path archive = output.resolve("zoo.zip");
    Console whole = Console.run(arguments(run, archive));
    assertThat(whole.exitCode()).as(whole.err()).isZero();
    assertThat(whole.out()).contains("tiny: 4 tasks, 8 of 8 members", archive.toString());

    Console compacted = Console.run(arguments(run, archive), "--compact", "--most-members", "4");

    assertThat(compacted.exitCode()).as(compacted.err()).isZero();
    assertThat(compacted.out())
        .contains("members", "validation", "test")
        .containsPattern("4 tasks, [234] of 8 members");
    assertThat(output.resolve("tiny/compaction.csv")).content().startsWith("members,bytes,");
    assertThat(compacted.err()).isEmpty();
    assertThat(output.resolve("tiny/report.html")).content().contains("id=\"smaller-zoos\"");
    CompactionFile sizes =
        RunDirectory.at(run, HADOOP)
            .read(CompactionFile.NAME, CompactionFile.class, CompactionFile.FORMAT_VERSION);
    ModelZooConfig config =
        ConfigLoader.parse(Files.readString(output.resolve("tiny/config.conf")), "").values();
    TaskLoader images = TaskLoader.of(config.data(), config.experiment().seed(), HADOOP);
    try (Zoo zoo = Zoo.load(archive.toString(), HADOOP)) {
      int members = zoo.manifest().members().size();
      double accuracy =
          IntStream.range(0, 4)
              .mapToDouble(
                  task -> {
                    LabelledImages test = images.load(task).test();
                    return zoo.ensemble(task, test).accuracy(test.labels());
                  })
              .average()
              .orElseThrow();
      assertThat(accuracy)
          .isCloseTo(sizes.sizes().get(8 - members).test().accuracy(), within(1e-12));
      assertThat(zoo.manifest().compaction()).isEqualTo(sizes);
    }

    try (RunLease held = RunLease.take(RunDirectory.at(run, HADOOP), remark -> {})) {
      held.requireHeld();
      Console second = Console.run(arguments(run, archive), "--compact");
      assertThat(second.exitCode()).isEqualTo(4);
      assertThat(second.err()).contains("works on");
    }

    Files.delete(output.resolve("tiny/report.html"));
    Files.createDirectories(output.resolve("tiny/report.html/in-the-way"));
    Files.delete(archive);
    Console withoutReport = Console.run(arguments(run, archive), "--compact");
    assertThat(withoutReport.exitCode()).isZero();
    assertThat(withoutReport.err()).contains("report.html can't be written");
    assertThat(archive).exists();

    Console again = Console.run(arguments(archive.toString(), archive), "--compact");
    assertThat(again.exitCode()).isEqualTo(3);
    assertThat(again.err()).contains("is an archive", "give --zoo the run directory");
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    Path archive = output.resolve("zoo.zip");
    Console nothing = Console.run(arguments(output.resolve("nothing").toString(), archive));
    assertThat(nothing.exitCode()).isEqualTo(3);
    assertThat(nothing.err()).contains("there is no zoo at").doesNotContain("\tat ");
    for (List<String> options :
        List.of(
            List.of("--compact", "--most-members", "0"),
            List.of("--compact", "--most-megabytes", "-1"),
            List.of("--compact", "--choose-by", "test"))) {
      Console console = Console.run(arguments("nothing", archive), options.toArray(String[]::new));
      assertThat(console.exitCode()).as(options.toString()).isEqualTo(2);
      assertThat(console.err()).contains(options.get(1));
    }
    Console alone = Console.run(arguments("nothing", archive), "--most-members", "3");
    assertThat(alone.exitCode()).isEqualTo(2);
    assertThat(alone.err()).contains("--compact");
    assertThat(output).isEmptyDirectory();
  }

  private static String[] arguments(String zoo, Path archive) {
    return new String[] {"export", "--zoo", zoo, "--output", archive.toString()};
  }
}
