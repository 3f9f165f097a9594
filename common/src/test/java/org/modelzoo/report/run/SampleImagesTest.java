package org.modelzoo.report.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.boosting.TaskEnsemble;
import org.modelzoo.config.ImageShape;
import org.modelzoo.data.LabelledImages;
import org.modelzoo.data.TaskImages;
import org.modelzoo.run.Ensembles;
import org.modelzoo.run.LabelledEnsemble;
import org.modelzoo.store.Predictions.Split;

class SampleImagesTest {
  private static final ImageShape SHAPE = new ImageShape(2, 2, 1);

  @TempDir private Path directory;

  /** Members of two rounds had task 0, all of them with 3/4 and 5/8 for class 0. */
  @Test
  void theEnsembleIsTheMeanOfTheMembers() throws Exception {
    ReportedRun run = RunReader.read(RunFixture.finished(directory).directory);
    Map<Integer, LabelledEnsemble> guesses =
        Ensembles.read(run.directory(), run.history(), Set.of(0, 1, 2), Split.TEST);
    assertThat(guesses.keySet()).containsExactlyInAnyOrder(0, 1, 2);
    assertThat(guesses.get(0).ensemble().members()).isEqualTo(3);
    assertThat(guesses.get(0).ensemble().probabilities()).containsExactly(.75f, .25f, .625f, .375f);
  }

  @Test
  void showsTheFirstRightOnesOfEachClassInTurnAndTheSurestMistakes() {
    short[] labels = {0, 0, 1, 1, 1, 0};
    TaskEnsemble ensemble = new TaskEnsemble(6, 2);
    ensemble.add(new float[] {.9f, .1f, .8f, .2f, .4f, .6f, .7f, .3f, .95f, .05f, .2f, .8f}, 1);
    ImageChoice choice = new ImageChoice(new LabelledEnsemble(ensemble, 2, labels));
    assertThat(choice.right(2)).extracting(ImageChoice.Image::example).containsExactly(0, 2);
    assertThat(choice.right(9)).extracting(ImageChoice.Image::example).containsExactly(0, 2, 1);
    assertThat(choice.wrong(2)).extracting(ImageChoice.Image::example).containsExactly(4, 5);
    assertThat(choice.wrong(1).get(0).probability()).isCloseTo(.95, within(1e-6));
  }

  @Test
  void imagesCarryTheClassesOfTheDataSet() throws Exception {
    RunFixture fixture = RunFixture.finished(directory);
    ReportedRun run = RunReader.read(fixture.directory);
    LabelledImages images = new LabelledImages(SHAPE, new byte[8], new short[] {0, 1});
    String page =
        page(
            new ReportInput(
                run,
                List.of(),
                List.of(),
                Optional.of(t -> new TaskImages(images, images, images))));
    assertThat(page)
        .contains("✓ crow · 75 %", "✗ crow, is jay · 63 %")
        .contains("✓ 2 · 75 %", "✗ 2, is 3 · 63 %")
        .contains("alt=\"Image of class 2\"", "data:image/png;base64,");
  }

  @Test
  void otherImagesThanThoseMeasuredAreNotShown() throws Exception {
    ReportedRun run = RunReader.read(RunFixture.finished(directory).directory);
    LabelledImages images = new LabelledImages(SHAPE, new byte[8], new short[] {1, 1});
    String page =
        page(
            new ReportInput(
                run,
                List.of(),
                List.of(),
                Optional.of(t -> new TaskImages(images, images, images))));
    assertThat(page)
        .contains("These are not the images that the run was measured on.")
        .doesNotContain("data:image/png;base64,");
  }

  private static String page(ReportInput reported) {
    return new String(RunReport.of(reported), StandardCharsets.UTF_8);
  }
}
