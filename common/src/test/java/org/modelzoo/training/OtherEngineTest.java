package org.modelzoo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.modelzoo.training.TrainingFixtures.by;
import static org.modelzoo.training.TrainingFixtures.evaluated;
import static org.modelzoo.training.TrainingFixtures.plan;
import static org.modelzoo.training.TrainingFixtures.training;
import static org.modelzoo.training.TrainingFixtures.withoutDropout;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.modelzoo.config.EngineChoice;
import org.modelzoo.store.Computation;

/**
 * A member that one engine trains for two of three epochs, and that or another one for the last.
 */
class OtherEngineTest {
  /** Of the largest parameter: the engines' convolutions sum up in other orders. */
  private static final double CLOSE = 1e-4;

  private static final MemberPlan PLAN =
      withoutDropout(plan(evaluated(training(3, 8, 0.005, 1), 1)));

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"DL4J, TORCH, 'dl4j, torch'", "TORCH, DL4J, 'torch, dl4j'"})
  void finishesWhatTheOtherBegan(EngineChoice first, EngineChoice second, String engines)
      throws IOException {
    MemberRun undisturbed = new MemberRun(by(first, PLAN), directory.resolve("undisturbed"));
    assertThat(undisturbed.train()).isInstanceOf(MemberOutcome.Completed.class);

    MemberRun continued = interruptedAndContinued(first, second);

    assertThat(continued.member().file().computation())
        .isEqualTo(new Computation(engines, "float32", 0));
    float[] expected = undisturbed.parameters();
    float[] parameters = continued.parameters();
    assertThat(parameters).hasSameSizeAs(expected);
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat(parameters[i]).isCloseTo(expected[i], within((float) (CLOSE * largest)));
    }
    // An epoch that started from anything but the checkpoint would differ by far more.
    assertThat(continued.member().file().epochs().get(2).loss())
        .isCloseTo(undisturbed.member().file().epochs().get(2).loss(), within(1e-4));
    assertThat(continued.member().file().epochs().subList(0, 2))
        .isEqualTo(undisturbed.member().file().epochs().subList(0, 2));
  }

  @ParameterizedTest
  @EnumSource(names = {"DL4J", "TORCH"})
  void endsWithTheSameBitsWhereTheSameOneGoesOn(EngineChoice engine) throws IOException {
    MemberRun undisturbed = new MemberRun(by(engine, PLAN), directory.resolve("undisturbed"));
    assertThat(undisturbed.train()).isInstanceOf(MemberOutcome.Completed.class);

    MemberRun continued = interruptedAndContinued(engine, engine);

    assertThat(continued.parameters()).isEqualTo(undisturbed.parameters());
    assertThat(continued.member().file().computation())
        .isEqualTo(undisturbed.member().file().computation());
  }

  private MemberRun interruptedAndContinued(EngineChoice first, EngineChoice second) {
    Path place = directory.resolve("continued");
    MemberRun interrupted = new MemberRun(by(first, PLAN), place);
    assertThat(interrupted.train(() -> interrupted.evaluations().size() == 2))
        .isEqualTo(new MemberOutcome.Cancelled());
    MemberRun continued = new MemberRun(by(second, PLAN), place);
    assertThat(continued.train()).isInstanceOf(MemberOutcome.Completed.class);
    assertThat(continued.heard().get(0).epoch()).isEqualTo(3);
    return continued;
  }
}
