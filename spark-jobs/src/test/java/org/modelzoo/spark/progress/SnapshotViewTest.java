package org.modelzoo.spark.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jline.terminal.Size;
import org.junit.jupiter.api.Test;
import org.modelzoo.report.live.LiveTable;
import org.modelzoo.spark.event.RunEvent;

class SnapshotViewTest {
  private final AtomicLong clock = new AtomicLong();
  private final ProgressModel model = new ProgressModel(clock::get);

  @Test
  void nothingIsShownBeforeThereIsARun() {
    assertThat(lines(new Size(80, 24))).isEmpty();
  }

  @Test
  void showsRunsAndMembersInTrainingBeforeThoseThatWait() {
    model.on(Events.started("zoo", 4, 8000));
    model.on(Events.round("zoo", 0, "a", "b"));
    model.on(Events.started("isolated", 1, 1000));
    clock.set(Duration.ofSeconds(10).toNanos());
    model.on(Events.committed("isolated", 0));
    model.on(Events.progress("zoo", "b", 1000));
    assertThat(lines(new Size(120, 24)))
        .containsExactly(
            "0:10 so far, ETA 1:20, 1 in training, 1 waiting, 100 images/s",
            "run       rounds  images  accuracy",
            "----------------------------------",
            "zoo          0/4    12 %          ",
            "isolated     1/1     0 %    0.5000",
            "member  device  where                 epoch       done    loss  accuracy  images/s",
            "----------------------------------------------------------------------------------",
            "zoo b   cpu     executor 1 on node-7    1/5  evaluates  1.5000     0.250       100",
            "zoo a           waits                                                             ");
  }

  @Test
  void aNarrowTerminalGoesWithoutTheLeastImportantColumns() {
    model.on(Events.started("zoo", 4, 8000));
    model.on(Events.round("zoo", 0, "round-000-member-00"));
    model.on(Events.progress("zoo", "round-000-member-00", 500));
    assertThat(lines(new Size(48, 24)))
        .contains("member                   epoch    loss  images/s")
        .contains("zoo round-000-member-00    1/5  1.5000       100");
  }

  @Test
  void aLowTerminalSaysHowManyItDoesNotShow() {
    String[] members = IntStream.range(0, 30).mapToObj(i -> "m" + i).toArray(String[]::new);
    model.on(Events.started("zoo", 4, 8000));
    model.on(Events.round("zoo", 0, members));
    for (int rows = 1; rows < 40; rows++) {
      assertThat(lines(new Size(80, rows))).hasSizeLessThanOrEqualTo(rows);
    }
    // The total, a run, and of the members' share a header, its line, 16 members.
    assertThat(lines(new Size(80, 23)))
        .hasSize(23)
        .endsWith("zoo m15          waits                                       ", "… and 14 more");
  }

  @Test
  void furtherTablesStandBelow() {
    model.on(
        new RunEvent.TableChanged(
            new LiveTable(
                "Trials", 1, List.of("trial", "loss"), List.of(List.of("1", "0.5")), List.of())));
    assertThat(lines(new Size(80, 24)))
        .containsExactly("0:00 so far", "Trials", "trial  loss", "-----------", "1       0.5");
  }

  private List<String> lines(Size size) {
    return SnapshotView.lines(model.snapshot(), size);
  }
}
