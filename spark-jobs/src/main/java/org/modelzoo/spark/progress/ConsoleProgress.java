package org.modelzoo.spark.progress;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.modelzoo.spark.progress.RunEvent.ClusterNote;
import org.modelzoo.spark.progress.RunEvent.ExecutorReported;
import org.modelzoo.spark.progress.RunEvent.Finished;
import org.modelzoo.spark.progress.RunEvent.MemberFinished;
import org.modelzoo.spark.progress.RunEvent.MemberProgressed;
import org.modelzoo.spark.progress.RunEvent.Remark;
import org.modelzoo.spark.progress.RunEvent.RoundCommitted;
import org.modelzoo.spark.progress.RunEvent.RoundStarted;
import org.modelzoo.spark.progress.RunEvent.Started;
import org.modelzoo.training.MemberOutcome.Diverged;
import org.modelzoo.training.MemberOutcome.Failed;
import org.modelzoo.training.MemberProgress;

/**
 * Shows runs in the terminal. On a terminal, what is done scrolls and the members in training stay
 * in a block at the end; elsewhere there are only plain lines, at most one every few seconds and
 * member.
 */
public final class ConsoleProgress implements RunListener {
  private static final long PLAIN_INTERVAL_NANOS = 5_000_000_000L;

  private final PrintStream out;
  private final int columns;
  private final Eta eta = new Eta(System::nanoTime);
  private final Map<String, MemberProgress> inTraining = new LinkedHashMap<>();
  private final Map<String, Long> shownNanos = new LinkedHashMap<>();
  private final Map<String, NavigableSet<Integer>> uncommitted = new HashMap<>();
  private int blockLines;

  /** Without columns, a view that never redraws. */
  private ConsoleProgress(PrintStream out, int columns) {
    this.out = out;
    this.columns = columns;
  }

  /** A view that redraws its last lines, on a terminal of so many columns. */
  public static ConsoleProgress live(PrintStream out, int columns) {
    return new ConsoleProgress(out, columns);
  }

  /** A view that only appends lines. */
  public static ConsoleProgress plain(PrintStream out) {
    return new ConsoleProgress(out, 0);
  }

  @Override
  public synchronized void on(RunEvent event) {
    if (event instanceof Started started) {
      eta.planned(started.images());
      scroll(startedLine(started));
    } else if (event instanceof RoundStarted round) {
      scroll(
          "%s round %d/%d%s: %s"
              .formatted(
                  round.method(),
                  round.round() + 1,
                  round.rounds(),
                  earlier(round),
                  String.join("; ", round.members())));
    } else if (event instanceof MemberProgressed member) {
      progressed(name(member.method(), member.member()), member.progress());
    } else if (event instanceof MemberFinished member) {
      finished(member);
    } else if (event instanceof RoundCommitted round) {
      uncommitted(round.method()).remove(round.round() + 1);
      scroll(
          "%s round %d/%d done: accuracy %.4f over the tasks so far, ETA %s"
              .formatted(
                  round.method(), round.round() + 1, round.rounds(), round.accuracy(), eta.text()));
    } else if (event instanceof Remark remark) {
      scroll("%s: %s".formatted(remark.method(), remark.text()));
    } else if (event instanceof ExecutorReported executor) {
      scroll(
          "executor %s on %s: %s"
              .formatted(executor.executor(), executor.host(), executor.devices()));
    } else if (event instanceof ClusterNote note) {
      scroll("cluster: " + note.text());
    } else if (event instanceof Finished finished) {
      scroll("%s: finished".formatted(finished.method()));
    }
  }

  private static String startedLine(Started started) {
    String images =
        started.images().isPresent()
            ? "%,d training images".formatted(started.images().getAsLong())
            : "an unknown number of training images";
    return started.roundsDone() == 0
        ? "%s: %s, %s, in %s"
            .formatted(started.method(), rounds(started.rounds()), images, started.location())
        : "%s: continues after round %d of %d, %s to go, in %s"
            .formatted(
                started.method(),
                started.roundsDone(),
                started.rounds(),
                images,
                started.location());
  }

  private static String rounds(int rounds) {
    return rounds == 1 ? "1 round" : rounds + " rounds";
  }

  /** Which rounds before this one are still in training, where the zoo looks ahead. */
  private String earlier(RoundStarted round) {
    NavigableSet<Integer> open = uncommitted(round.method());
    String numbers = open.stream().map(Object::toString).collect(Collectors.joining(", "));
    open.add(round.round() + 1);
    return numbers.isEmpty() ? "" : " beside " + numbers;
  }

  /** Numbers of the rounds that have started and are not committed, counted from 1. */
  private NavigableSet<Integer> uncommitted(String method) {
    return uncommitted.computeIfAbsent(method, name -> new TreeSet<>());
  }

  private void progressed(String member, MemberProgress progress) {
    eta.done(member, progress.imagesDone());
    inTraining.put(member, progress);
    if (columns > 0) {
      redraw();
      return;
    }
    long now = System.nanoTime();
    Long shown = shownNanos.get(member);
    if (shown == null || now - shown >= PLAIN_INTERVAL_NANOS) {
      shownNanos.put(member, now);
      out.println(line(member, progress) + "  ETA " + eta.text());
    }
  }

  private void finished(MemberFinished event) {
    String member = name(event.method(), event.member());
    MemberProgress last = inTraining.remove(member);
    shownNanos.remove(member);
    if (event.outcome() instanceof Diverged diverged) {
      scroll("%s %s".formatted(member, diverged.message()));
    } else if (event.outcome() instanceof Failed failed) {
      scroll("%s failed: %s".formatted(member, failed.message()));
    } else if (last != null) {
      scroll(line(member, last) + "  done");
    }
  }

  private static String name(String method, String member) {
    return method + " " + member;
  }

  private static String line(String member, MemberProgress progress) {
    return "  %s  epoch %d/%d  loss %.4f  accuracy %.3f  %,.0f images/s"
        .formatted(
            member,
            progress.epoch(),
            progress.epochs(),
            progress.loss(),
            progress.accuracy(),
            progress.imagesPerSecond());
  }

  private void scroll(String line) {
    clearBlock();
    out.println(line);
    drawBlock();
  }

  private void redraw() {
    clearBlock();
    drawBlock();
  }

  private void clearBlock() {
    if (blockLines > 0) {
      out.print("\u001b[" + blockLines + "A\u001b[0J");
      blockLines = 0;
    }
  }

  private void drawBlock() {
    if (columns == 0 || inTraining.isEmpty()) {
      return;
    }
    inTraining.forEach((member, progress) -> drawLine(line(member, progress)));
    drawLine("  ETA " + eta.text());
    out.flush();
  }

  private void drawLine(String line) {
    out.println(line.length() > columns ? line.substring(0, columns) : line);
    blockLines++;
  }
}
