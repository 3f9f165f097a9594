package org.modelzoo.spark.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.modelzoo.config.KebabCase;
import org.modelzoo.training.MemberProgress;

/**
 * Shows a search in the terminal. On a terminal, rungs that ended scroll, and a block at the end
 * tells how the search stands and what trains; elsewhere there are only plain lines, the state of
 * the search every few seconds among them.
 */
public final class SearchProgress implements RunListener {
  private static final long PLAIN_INTERVAL_NANOS = 10_000_000_000L;
  private static final int MOST_MEMBERS = 8;

  private final PrintStream out;
  private final int columns;
  private final LongSupplier nanoTime;
  private final Map<String, String> inTraining = new LinkedHashMap<>();
  private StudyProgress search;
  private long shownNanos;
  private int blockLines;

  private SearchProgress(PrintStream out, int columns, LongSupplier nanoTime) {
    this.out = out;
    this.columns = columns;
    this.nanoTime = nanoTime;
    this.shownNanos = nanoTime.getAsLong();
  }

  /** A view that redraws its last lines, on a terminal of so many columns. */
  public static SearchProgress live(PrintStream out, int columns) {
    return new SearchProgress(out, columns, System::nanoTime);
  }

  /** A view that only appends lines. */
  public static SearchProgress plain(PrintStream out) {
    return plain(out, System::nanoTime);
  }

  static SearchProgress plain(PrintStream out, LongSupplier nanoTime) {
    return new SearchProgress(out, 0, nanoTime);
  }

  @Override
  public synchronized void on(RunEvent event) {
    if (event instanceof RunEvent.StudyProgressed study) {
      search = study.progress();
      show(study.news());
    } else if (event instanceof RunEvent.MemberProgressed member) {
      String name = member.method() + " " + member.member();
      inTraining.remove(name); // What was heard of last stands last.
      inTraining.put(name, line(name, member.progress()));
      show("");
    } else if (event instanceof RunEvent.Remark remark) {
      show("%s: %s".formatted(remark.method(), remark.text()));
    } else if (event instanceof RunEvent.ClusterNote note) {
      show("cluster: " + note.text());
    } else if (event instanceof RunEvent.ExecutorReported executor) {
      show(
          "executor %s on %s: %s"
              .formatted(executor.executor(), executor.host(), executor.devices()));
    }
  }

  /** A trial whose rung has ended trains no more. */
  private void show(String news) {
    inTraining.keySet().removeIf(name -> news.startsWith(name.split(" ", 2)[0] + " "));
    if (columns > 0) {
      clearBlock();
      printNews(news);
      block().forEach(this::drawLine);
      out.flush();
      return;
    }
    printNews(news);
    if (search != null && nanoTime.getAsLong() - shownNanos >= PLAIN_INTERVAL_NANOS) {
      shownNanos = nanoTime.getAsLong();
      state().forEach(out::println);
    }
  }

  private void printNews(String news) {
    if (!news.isEmpty()) {
      out.println(news);
    }
  }

  private List<String> block() {
    List<String> block = new ArrayList<>(search == null ? List.of() : state());
    inTraining.values().stream()
        .skip(Math.max(0, inTraining.size() - MOST_MEMBERS))
        .forEach(block::add);
    return block;
  }

  private List<String> state() {
    String trials =
        search.trials().entrySet().stream()
            .filter(count -> count.getValue() > 0)
            .map(count -> "%,d %s".formatted(count.getValue(), KebabCase.of(count.getKey())))
            .collect(Collectors.joining(", "));
    return List.of(
        "  trials  %,d of %,d: %s".formatted(search.started(), search.limit(), trials),
        "  best    " + (search.best().isEmpty() ? "–" : search.best()),
        String.format(
            Locale.ROOT,
            "  rungs   %,d, %,.0f images/s, ETA %s",
            search.rungs(),
            search.imagesPerSecond(),
            search.left().map(SearchProgress::text).orElse("–")));
  }

  private static String text(Duration left) {
    return left.toHours() > 0
        ? "%d:%02d:%02d".formatted(left.toHours(), left.toMinutesPart(), left.toSecondsPart())
        : "%d:%02d".formatted(left.toMinutes(), left.toSecondsPart());
  }

  private static String line(String name, MemberProgress progress) {
    return String.format(
        Locale.ROOT,
        "  %s  epoch %d/%d  loss %.4f  accuracy %.3f  %,.0f images/s",
        name,
        progress.epoch(),
        progress.epochs(),
        progress.loss(),
        progress.accuracy(),
        progress.imagesPerSecond());
  }

  private void clearBlock() {
    if (blockLines > 0) {
      out.print("\u001b[" + blockLines + "A\u001b[0J");
      blockLines = 0;
    }
  }

  private void drawLine(String line) {
    out.println(line.length() > columns ? line.substring(0, columns) : line);
    blockLines++;
  }
}
