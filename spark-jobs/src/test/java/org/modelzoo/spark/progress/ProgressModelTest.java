package org.modelzoo.spark.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.modelzoo.report.live.LiveTable;
import org.modelzoo.report.live.Snapshot;
import org.modelzoo.spark.event.Place;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.store.DamagedFileException;
import org.modelzoo.store.Json;
import org.modelzoo.training.MemberProgress;

class ProgressModelTest {
  private final AtomicLong clock = new AtomicLong();
  private final ProgressModel model = new ProgressModel(clock::get);

  @Test
  void membersWaitTrainAndAreGone() {
    model.on(Events.started("zoo", 4, 8000));
    model.on(Events.round("zoo", 0, "a", "b"));
    model.on(Events.progress("zoo", "a", 10));
    assertThat(model.snapshot().members())
        .extracting(Snapshot.Member::id, member -> member.training() != null)
        .containsExactly(tuple("a", true), tuple("b", false));
    model.on(Events.completed("zoo", "a"));
    model.on(Events.progress("zoo", "a", 20));
    assertThat(model.snapshot().members())
        .as("word that comes late is not heard")
        .extracting(Snapshot.Member::id)
        .containsExactly("b");
    assertThat(model.snapshot().runs().get(0).imagesDone()).isEqualTo(10);
  }

  @Test
  void runsSideBySideShareTheTimeLeft() {
    model.on(Events.started("zoo", 4, 800));
    model.on(Events.started("isolated", 4, 400));
    model.on(Events.round("zoo", 0, "a"));
    model.on(Events.round("isolated", 0, "a"));
    clock.set(Duration.ofSeconds(10).toNanos());
    model.on(Events.progress("zoo", "a", 100));
    model.on(Events.progress("isolated", "a", 200));
    // 300 of 1,200 images in 10 s.
    assertThat(model.left()).contains(Duration.ofSeconds(30));
    model.on(new RunEvent.Finished("isolated", "/runs/a/baselines/isolated"));
    // It took 200 images, not 400: 700 are left.
    assertThat(model.snapshot().secondsLeft()).isEqualTo(23);
    assertThat(model.snapshot().runsEnded()).isEqualTo(1);
    assertThat(model.snapshot().runs()).extracting(Snapshot.Run::name).containsExactly("zoo");
  }

  @Test
  void theTimeLeftIsUnknownWhereTheImagesAre() {
    model.on(new RunEvent.Started("zoo", "/runs/a", 4, 0, OptionalLong.empty()));
    model.on(Events.round("zoo", 0, "a"));
    clock.set(1000);
    model.on(Events.progress("zoo", "a", 100));
    assertThat(model.left()).isEmpty();
  }

  @Test
  void aFailedRunTakesItsMembersAway() {
    model.on(Events.started("zoo", 4, 800));
    model.on(Events.round("zoo", 0, "a"));
    model.on(new RunEvent.Failed("zoo", "the disk is full"));
    assertThat(model.snapshot().members()).isEmpty();
    assertThat(model.snapshot().runs()).isEmpty();
    assertThat(model.snapshot().allDone()).isFalse();
  }

  @Test
  void aContinuedRunShowsTheRoundsThatWereThere() {
    model.on(new RunEvent.Started("zoo", "/runs/a", 4, 2, OptionalLong.of(400)));
    model.on(new RunEvent.RoundFound("zoo", Events.scores(0)));
    assertThat(model.snapshot().runs().get(0).roundsDone()).isEqualTo(2);
    model.on(Events.committed("zoo", 2));
    assertThat(model.snapshot().runs().get(0).roundsDone()).isEqualTo(3);
  }

  @Test
  void whatIsSeenCanBeWrittenAndRead() throws DamagedFileException {
    model.on(Events.started("zoo", 4, 800));
    model.on(Events.round("zoo", 0, "a", "b"));
    model.on(Events.progress("zoo", "a", 100));
    model.on(
        new RunEvent.MemberProgressed(
            "zoo",
            "b",
            new MemberProgress(1, 5, 8, 0, 40, Double.NaN, 0.1, 3),
            new Place("here", "cpu")));
    model.on(
        new RunEvent.TableChanged(
            new LiveTable(
                "trials", 1, List.of("trial", "loss"), List.of(List.of("1", "0.5")), List.of())));
    Snapshot snapshot = model.snapshot().done();
    Snapshot read =
        Json.read(Json.write(snapshot), Snapshot.class, Snapshot.FORMAT_VERSION, "progress.json");
    assertThat(read.members().get(1).training().loss()).isNull();
    assertThat(read).usingRecursiveComparison().ignoringFields("members").isEqualTo(snapshot);
    assertThat(read.members().get(0)).isEqualTo(snapshot.members().get(0));
  }
}
