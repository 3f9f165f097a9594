package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.spark.RunFilesOf;
import org.modelzoo.spark.TinyExperiment;

/** A zoo beside every other method, trained on Spark and interrupted. */
@ExtendWith(LocalMaster.class)
class MethodsTest {
  @TempDir private Path output;

  @Test
  void allMethodsTrainBesideAZooAndContinueWithTheSameBits() throws IOException {
    Console console = train();
    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.out())
        .contains("isolated-ensemble   gain  fine-tuning", "replay   gain", "refit   gain")
        .contains("forward transfer", "stored images", "core s");
    Path run = output.resolve("tiny");
    SortedMap<String, String> whole = RunFilesOf.results(run);

    for (String method : new String[] {"fine-tuning", "replay"}) {
      Path baseline = run.resolve("baselines").resolve(method);
      Files.delete(baseline.resolve("summary.json"));
      Files.delete(baseline.resolve("rounds/round-002.json"));
      Files.delete(baseline.resolve("rounds/round-003.json"));
      Files.delete(baseline.resolve("members/round-001-member-00/outcome.json"));
      Files.delete(baseline.resolve("members/round-002-member-00/outcome.json"));
    }
    assertThat(train().exitCode()).isZero();
    assertThat(RunFilesOf.results(run)).isEqualTo(whole);

    Console evaluated =
        Console.run(new String[] {"evaluate"}, "--zoo", run.resolve("baselines/replay").toString());
    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    assertThat(evaluated.out()).contains("family-1-task-1");
  }

  private Console train() {
    return Console.run(
        TinyExperiment.arguments(
            "train",
            output,
            "zoo.refit=true",
            "experiment.baselines=[isolated,multi-head,isolated-ensemble,fine-tuning,replay]"));
  }
}
