package org.modelzoo.board.web;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import org.modelzoo.board.BoardIndex;
import org.modelzoo.board.EntryState;
import org.modelzoo.board.scan.BoardRoot;
import org.modelzoo.board.scan.RootState;

/** Numbers about the board itself in Prometheus' text format. */
final class BoardMetrics {
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final BoardIndex index;
  private final List<BoardRoot> roots;
  private final ChangeStream changes;

  /** Answers by the hundreds of their status. */
  private final AtomicLongArray answers = new AtomicLongArray(6);

  BoardMetrics(BoardIndex index, List<BoardRoot> roots, ChangeStream changes) {
    this.index = index;
    this.roots = roots;
    this.changes = changes;
  }

  void answered(int status) {
    answers.incrementAndGet(Math.max(0, Math.min(5, status / 100)));
  }

  String text() {
    StringBuilder text = new StringBuilder();
    head(text, "modelzoo_board_entries", "gauge", "Entries by state.");
    for (Map.Entry<EntryState, Integer> state : index.states().entrySet()) {
      text.append(
          "modelzoo_board_entries{state=\"%s\"} %d\n"
              .formatted(state.getKey().word(), state.getValue()));
    }
    head(text, "modelzoo_board_version", "counter", "Changes of the entries so far.");
    text.append("modelzoo_board_version %d\n".formatted(index.version()));
    head(text, "modelzoo_board_root_up", "gauge", "Whether a root answers.");
    for (BoardRoot root : roots) {
      RootState state = root.state();
      boolean up = state.state() == RootState.Kind.OK || state.state() == RootState.Kind.SCANNING;
      text.append(
          "modelzoo_board_root_up{root=\"%s\"} %d\n".formatted(label(state.root()), up ? 1 : 0));
    }
    head(text, "modelzoo_board_look_seconds", "gauge", "How long the last look at a root took.");
    for (BoardRoot root : roots) {
      text.append(
          "modelzoo_board_look_seconds{root=\"%s\"} %.3f\n"
              .formatted(label(root.state().root()), root.lookSeconds()));
    }
    head(text, "modelzoo_board_listeners", "gauge", "Open streams of changes.");
    text.append("modelzoo_board_listeners %d\n".formatted(changes.listeners()));
    head(text, "modelzoo_board_answers_total", "counter", "Answers by status.");
    for (int hundreds = 2; hundreds < answers.length(); hundreds++) {
      text.append(
          "modelzoo_board_answers_total{status=\"%dxx\"} %d\n"
              .formatted(hundreds, answers.get(hundreds)));
    }
    return text.toString();
  }

  private static void head(StringBuilder text, String name, String type, String help) {
    text.append("# HELP %s %s\n# TYPE %s %s\n".formatted(name, help, name, type));
  }

  private static String label(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
