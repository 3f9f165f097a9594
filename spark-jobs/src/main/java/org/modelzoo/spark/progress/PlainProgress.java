package org.modelzoo.spark.progress;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.modelzoo.spark.event.Eta;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunEvent.MemberFinished;
import org.modelzoo.spark.event.RunEvent.MemberProgressed;
import org.modelzoo.spark.event.RunEvent.RoundCommitted;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.training.MemberOutcome.Completed;
import org.modelzoo.training.MemberProgress;

/** Shows runs as plain lines, at most one every few seconds and member in training. */
public final class PlainProgress implements RunListener {
  private static final long INTERVAL_NANOS = 5_000_000_000L;

  private final PrintStream out;
  private final LongSupplier nanoTime;
  private final ProgressModel model;
  private final EventText text = new EventText();
  private final Map<String, MemberProgress> inTraining = new HashMap<>();
  private final Map<String, Long> shownNanos = new HashMap<>();

  /** A view that only appends lines. */
  public PlainProgress(PrintStream out) {
    this(out, System::nanoTime);
  }

  PlainProgress(PrintStream out, LongSupplier nanoTime) {
    this.out = out;
    this.nanoTime = nanoTime;
    this.model = new ProgressModel(nanoTime);
  }

  @Override
  public synchronized void on(RunEvent event) {
    model.on(event);
    if (event instanceof MemberProgressed member) {
      progressed(name(member.method(), member.member()), member);
    } else if (event instanceof MemberFinished member && member.outcome() instanceof Completed) {
      String name = name(member.method(), member.member());
      MemberProgress last = inTraining.remove(name);
      if (last != null) {
        out.println(line(name, last) + "  done");
      }
    } else {
      String eta = event instanceof RoundCommitted ? ", " + eta() : "";
      text.of(event).ifPresent(line -> out.println(line + eta));
    }
  }

  private void progressed(String member, MemberProgressed event) {
    inTraining.put(member, event.progress());
    long now = nanoTime.getAsLong();
    Long shown = shownNanos.get(member);
    if (shown == null || now - shown >= INTERVAL_NANOS) {
      shownNanos.put(member, now);
      out.println(
          "%s  %s, %s  %s"
              .formatted(
                  line(member, event.progress()),
                  event.place().device(),
                  event.place().where(),
                  eta()));
    }
  }

  private String eta() {
    return "ETA " + Eta.text(model.left());
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
}
