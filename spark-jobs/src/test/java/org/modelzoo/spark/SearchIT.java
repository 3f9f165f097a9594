package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.spark.cli.Console;

/**
 * The packaged program searches on a real cluster of two executors, its driver is killed and
 * interrupted, and trials, rungs and result are those of a search that nothing disturbed in one
 * JVM.
 */
@Tag("full")
class SearchIT {
  @TempDir private Path directory;

  @Test
  void onAClusterAndAfterItsDriverWasKilledASearchIsTheSame() throws Exception {
    Launcher launcher = new Launcher(directory);
    Path calm = Files.createDirectory(directory.resolve("calm"));
    Console whole = Console.runOn("local[2]", search(calm));
    assertThat(whole.exitCode()).as(whole.err()).isZero();
    assertThat(whole.out()).contains("9 trials: ", "pruned");
    SortedMap<String, String> expected = StudyFilesOf.results(calm.resolve("tiny"));

    Path disturbed = Files.createDirectory(directory.resolve("disturbed"));
    Path study = disturbed.resolve("tiny");
    try (StandaloneCluster cluster = StandaloneCluster.start(directory, 2)) {
      String[] command =
          search(
              disturbed,
              "--master",
              cluster.master(),
              "--executor-memory",
              "512m",
              "--conf",
              "spark.driver.host=127.0.0.1");
      launcher
          .start(command)
          .killOnceThereIs(study.resolve("trials/trial-00004/checkpoints/round-000-member-00.bin"));
      assertUnfinished(study);
      Launcher.Running second = launcher.start(command);
      second.await(study.resolve("trials/trial-00006/checkpoints/round-000-member-00.bin"));
      second.process().destroy(); // As Ctrl-C does.
      Launcher.Result interrupted = second.result();
      assertThat(interrupted.exitCode()).as(interrupted.err()).isNotZero();
      assertThat(interrupted.err()).contains("takes over the run", "continues after");
      assertUnfinished(study);
      assertThat(study.resolve("trials.csv")).exists();

      Launcher.Result last = launcher.run(command);
      assertThat(last.exitCode()).as(last.err()).isZero();
      assertThat(StudyFilesOf.results(study)).isEqualTo(expected);
      assertThat(study.resolve("trials")).isEmptyDirectory();
    }
  }

  private static void assertUnfinished(Path study) throws IOException {
    Path summary = study.resolve("study.json");
    assertThat(!Files.exists(summary) || Files.readString(summary).contains("\"finished\" : null"))
        .isTrue();
  }

  private static String[] search(Path output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                TinyExperiment.arguments(
                    "search",
                    output,
                    "experiment.method=multi-head",
                    "training.epochs=9",
                    "search.trials=9",
                    "search.sampler.method=quasi-random",
                    "search.scheduler={ method = hyperband, grace-period = 1 }",
                    "search.space={ \"training.learning-rate\" { log-uniform = [1e-3, 1e-1] } }")));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }
}
