package org.modelzoo.spark.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.terminal.Size;
import org.modelzoo.base.TerminalText;
import org.modelzoo.report.live.RunWatch;
import org.modelzoo.report.live.Snapshot;
import org.modelzoo.spark.event.Redaction;
import org.modelzoo.spark.progress.SnapshotView;
import org.modelzoo.store.RunDirectory;

/** A run in a terminal, for somebody who only reads its directory. Thread-safe. */
final class FollowedRun {
  private final RunDirectory directory;
  private final RunWatch watch;

  FollowedRun(RunDirectory directory) {
    this.directory = directory;
    this.watch = new RunWatch(directory);
  }

  /** Reads what there is now. */
  void look() {
    watch.look();
  }

  /** Whether anybody ever worked here. */
  boolean isThere() {
    return watch.isThere();
  }

  /** Whether there is nothing left to do. */
  boolean isFinished() {
    return watch.isFinished();
  }

  /** What there is to see. */
  List<String> lines(Size size) {
    boolean finished = watch.isFinished();
    Optional<Snapshot> snapshot = watch.snapshot();
    List<String> lines = new ArrayList<>();
    lines.add(directory.location());
    lines.add(finished ? "finished" : watch.driver().text());
    if (snapshot.isPresent() && !finished) {
      lines.addAll(
          SnapshotView.lines(
              snapshot.get(), new Size(size.getColumns(), size.getRows() - lines.size())));
    }
    return lines.stream().map(line -> TerminalText.line(Redaction.hidden(line))).toList();
  }
}
