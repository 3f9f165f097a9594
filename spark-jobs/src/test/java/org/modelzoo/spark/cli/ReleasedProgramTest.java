package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.boosting.Score;
import org.modelzoo.run.RunHistory;
import org.modelzoo.run.SplitScore;
import org.modelzoo.spark.TinyExperiment;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RunDirectory;

/** The algorithm as the authors' released programs have it, where their notebook differs. */
@ExtendWith(LocalMaster.class)
class ReleasedProgramTest {
  @TempDir private Path output;

  @Test
  void lossesOfAugmentedTrainingImagesDriveWeightsBesideThoseOfTasksToCome() {
    RunHistory notebook = train("notebook", "clean", "seen");
    RunHistory program = train("program", "augmented", "all");

    // The first member is the same; only the images that its training loss is taken from differ.
    assertThat(score(program, Split.TEST)).isEqualTo(score(notebook, Split.TEST));
    double loss = score(program, Split.TRAIN).loss();
    assertThat(loss).isNotEqualTo(score(notebook, Split.TRAIN).loss());

    // Three more tasks of two classes are to come.
    double mean = (loss + 3 * Math.log(2)) / 4;
    assertThat(program.rounds().get(1).weights().get(0))
        .isCloseTo(Math.exp(loss / mean - 1), within(1e-12));
    assertThat(notebook.rounds().get(1).weights().get(0)).isEqualTo(1);
  }

  private static Score score(RunHistory run, Split split) {
    return run.rounds().get(0).scores().stream()
        .filter(score -> score.split() == split)
        .map(SplitScore::score)
        .findFirst()
        .orElseThrow();
  }

  private RunHistory train(String name, String images, String mean) {
    Console console =
        Console.run(
            TinyExperiment.arguments(
                "train",
                output,
                "experiment.name=" + name,
                "data.augmentation.horizontal-flip=true",
                "zoo.members-per-round=1",
                "zoo.signal=training",
                "zoo.signal-images=" + images,
                "zoo.weight-mean=" + mean));
    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.err()).containsOnlyOnce("data.validation-share = 0.2 drive nothing");
    return RunHistory.read(RunDirectory.at(output.resolve(name).toString(), new Configuration()));
  }
}
