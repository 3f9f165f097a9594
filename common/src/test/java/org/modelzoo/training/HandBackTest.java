package org.modelzoo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.modelzoo.training.TrainingFixtures.by;
import static org.modelzoo.training.TrainingFixtures.data;
import static org.modelzoo.training.TrainingFixtures.plan;
import static org.modelzoo.training.TrainingFixtures.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.modelzoo.base.StopSignal;
import org.modelzoo.config.EngineChoice;

/** A member whose executor has to leave in the middle of an epoch. */
class HandBackTest {
  /** Two epochs of 96 steps, looked at after 50, with dropout and no checkpoints between them. */
  private static final MemberPlan PLAN = plan(data(60), training(2, 2, 0.001), List.of(1.0, 1.0));

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(names = {"DL4J", "TORCH"})
  void endsWithTheSameBitsThoughItWasHandedBackAgainAndAgain(EngineChoice engine)
      throws IOException {
    MemberPlan plan = by(engine, PLAN);
    MemberRun undisturbed = new MemberRun(plan, directory.resolve("undisturbed"));
    assertThat(undisturbed.train()).isInstanceOf(MemberOutcome.Completed.class);

    Path place = directory.resolve("disturbed");
    List<Checkpoint> handedBack = new ArrayList<>();
    MemberRun last = new MemberRun(plan, place);
    while (!(last.train(atTheSecondLook()) instanceof MemberOutcome.Completed)) {
      handedBack.add(checkpoint(place));
      last = new MemberRun(plan, place);
    }

    assertThat(handedBack.stream().map(it -> it.epochs().size())).contains(0, 1);
    assertThat(handedBack.stream().map(Checkpoint::part).filter(Objects::nonNull))
        .isNotEmpty()
        .allSatisfy(part -> assertThat(part.step()).isBetween(1, 95));
    assertThat(last.parameters()).isEqualTo(undisturbed.parameters());
    assertThat(last.member().file().epochs()).isEqualTo(undisturbed.member().file().epochs());
    assertThat(last.member().file().trainImages())
        .isEqualTo(undisturbed.member().file().trainImages());
    assertThat(last.checkpoints()).isEmpty();
  }

  private static StopSignal atTheSecondLook() {
    return new StopSignal() {
      private int looked;

      @Override
      public boolean cancelled() {
        return false;
      }

      @Override
      public boolean leaving() {
        return ++looked > 1;
      }
    };
  }

  private static Checkpoint checkpoint(Path place) throws IOException {
    return Checkpoint.fromBytes(Files.readAllBytes(place.resolve("checkpoints/m.bin")));
  }
}
