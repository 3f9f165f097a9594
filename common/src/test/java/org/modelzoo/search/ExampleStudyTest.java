package org.modelzoo.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.modelzoo.base.SteadyClock;
import org.modelzoo.search.sampler.TpeSampler;
import org.modelzoo.search.scheduler.SchedulerSettings;
import org.modelzoo.search.space.Parameter;
import org.modelzoo.search.space.Space;

/** The example of docs/search.md. */
class ExampleStudyTest {
  private static final String START = "    // The example starts here.\n";
  private static final String END = "// The example ends here.";

  @Test
  void theExampleFindsAGoodLearningRate() {
    // The example starts here.
    Space space =
        Space.of(
            Parameter.logUniform("learning-rate", 1e-4, 1e-1),
            Parameter.choice("optimiser", "sgd", "nesterov"),
            Parameter.uniform("momentum", 0.5, 0.99).when("optimiser", "nesterov"));
    StudySettings settings =
        new StudySettings(
            new TpeSampler(space, 1, 10, 24), // seed 1, 10 random trials first, 24 candidates
            new SchedulerSettings.Asha(1, 3, 27, 1), // rungs at 1, 3, 9 and 27 epochs
            Direction.MINIMISE,
            StudyLimits.ofTrials(81));
    List<StudyEvent> log =
        new ArrayList<>(); // a real program writes StudyLog.line(event) to a file
    Study study = Study.open(settings, List.of(), new SteadyClock(), log::add);
    study.enqueue(Map.of("learning-rate", 0.001, "optimiser", "sgd"));

    Optional<Trial> asked = study.ask();
    while (asked.isPresent()) {
      Trial trial = asked.get();
      double loss = train(trial.parameters(), trial.rung().to());
      study.tell(trial, RungOutcome.finished(loss, 1_000, 0.5)); // 1,000 images in 0.5 s
      asked = study.ask();
    }

    Trial best = study.best().orElseThrow();
    System.out.println(best.parameters() + " reached " + best.value().orElseThrow());
    // The example ends here.
    assertThat(study.isFinished()).isTrue();
    assertThat(study.trials()).hasSize(81);
    assertThat(study.trials().get(0).parameters()).containsEntry("learning-rate", 0.001);
    assertThat(best.state()).isEqualTo(TrialState.COMPLETED);
    assertThat((Double) best.parameters().get("learning-rate")).isBetween(0.003, 0.03);
    assertThat(Study.read(settings, log).trials()).isEqualTo(study.trials());
  }

  /** Best at a learning rate of 0.01. */
  private static double train(Map<String, Object> parameters, int epochs) {
    double distance = Math.log10((Double) parameters.get("learning-rate")) + 2;
    return distance * distance + 1.0 / epochs;
  }

  @Test
  void theDocumentationShowsItAsItStands() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/org/modelzoo/search/ExampleStudyTest.java"));
    int start = source.indexOf(START) + START.length();
    String example = source.substring(start, source.indexOf(END, start)).stripIndent();

    assertThat(Files.readString(Path.of("../docs/search.md"))).contains(example);
  }
}
