package org.modelzoo.spark.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.modelzoo.spark.event.LiveTable;
import org.modelzoo.spark.event.Place;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.store.DamagedFileException;
import org.modelzoo.store.Json;
import org.modelzoo.training.MemberProgress;

class ProgressModelTest {
  private final AtomicLong clock = new AtomicLong();
  private final ProgressModel board = new ProgressModel(clock::get);

  @Test
  void membersWaitTrainAndAreGone() {
    board.on(Events.started("zoo", 4, 8000));
    board.on(Events.round("zoo", 0, "a", "b"));
    board.on(Events.progress("zoo", "a", 10));
    assertThat(board.snapshot().members())
        .extracting(Snapshot.Member::id, member -> member.training() != null)
        .containsExactly(tuple("a", true), tuple("b", false));
    board.on(Events.completed("zoo", "a"));
    board.on(Events.progress("zoo", "a", 20));
    assertThat(board.snapshot().members())
        .as("word that comes late is not heard")
        .extracting(Snapshot.Member::id)
        .containsExactly("b");
    assertThat(board.snapshot().runs().get(0).imagesDone()).isEqualTo(10);
  }

  @Test
  void runsSideBySideShareTheTimeLeft() {
    board.on(Events.started("zoo", 4, 800));
    board.on(Events.started("isolated", 4, 400));
    board.on(Events.round("zoo", 0, "a"));
    board.on(Events.round("isolated", 0, "a"));
    clock.set(Duration.ofSeconds(10).toNanos());
    board.on(Events.progress("zoo", "a", 100));
    board.on(Events.progress("isolated", "a", 200));
    // 300 of 1,200 images in 10 s.
    assertThat(board.left()).contains(Duration.ofSeconds(30));
    board.on(new RunEvent.Finished("isolated", "/runs/a/baselines/isolated"));
    // It took 200 images, not 400: 700 are left.
    assertThat(board.snapshot().secondsLeft()).isEqualTo(23);
    assertThat(board.snapshot().runsEnded()).isEqualTo(1);
    assertThat(board.snapshot().runs()).extracting(Snapshot.Run::name).containsExactly("zoo");
  }

  @Test
  void theTimeLeftIsUnknownWhereTheImagesAre() {
    board.on(new RunEvent.Started("zoo", "/runs/a", 4, 0, OptionalLong.empty()));
    board.on(Events.round("zoo", 0, "a"));
    clock.set(1000);
    board.on(Events.progress("zoo", "a", 100));
    assertThat(board.left()).isEmpty();
  }

  @Test
  void aFailedRunTakesItsMembersAway() {
    board.on(Events.started("zoo", 4, 800));
    board.on(Events.round("zoo", 0, "a"));
    board.on(new RunEvent.Failed("zoo", "the disk is full"));
    assertThat(board.snapshot().members()).isEmpty();
    assertThat(board.snapshot().runs()).isEmpty();
    assertThat(board.snapshot().allDone()).isFalse();
  }

  @Test
  void aContinuedRunShowsTheRoundsThatWereThere() {
    board.on(new RunEvent.Started("zoo", "/runs/a", 4, 2, OptionalLong.of(400)));
    board.on(new RunEvent.RoundFound("zoo", Events.scores(0)));
    assertThat(board.snapshot().runs().get(0).roundsDone()).isEqualTo(2);
    board.on(Events.committed("zoo", 2));
    assertThat(board.snapshot().runs().get(0).roundsDone()).isEqualTo(3);
  }

  @Test
  void whatIsSeenCanBeWrittenAndRead() throws DamagedFileException {
    board.on(Events.started("zoo", 4, 800));
    board.on(Events.round("zoo", 0, "a", "b"));
    board.on(Events.progress("zoo", "a", 100));
    board.on(
        new RunEvent.MemberProgressed(
            "zoo",
            "b",
            new MemberProgress(1, 5, 8, 40, Double.NaN, 0.1, 3),
            new Place("here", "cpu")));
    board.on(
        new RunEvent.TableChanged(
            new LiveTable(
                "trials", 1, List.of("trial", "loss"), List.of(List.of("1", "0.5")), List.of())));
    Snapshot snapshot = board.snapshot().done();
    Snapshot read =
        Json.read(Json.write(snapshot), Snapshot.class, Snapshot.FORMAT_VERSION, "progress.json");
    assertThat(read.members().get(1).training().loss()).isNull();
    assertThat(read).usingRecursiveComparison().ignoringFields("members").isEqualTo(snapshot);
    assertThat(read.members().get(0)).isEqualTo(snapshot.members().get(0));
  }
}
