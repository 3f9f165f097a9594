package org.modelzoo.spark.tracker;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.TrackersConfig;
import org.modelzoo.spark.event.Redaction;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunEvent.Failed;
import org.modelzoo.spark.event.RunEvent.Finished;
import org.modelzoo.spark.event.RunEvent.FromTraining;
import org.modelzoo.spark.event.RunEvent.MemberFinished;
import org.modelzoo.spark.event.RunEvent.RoundCommitted;
import org.modelzoo.spark.event.RunEvent.Started;
import org.modelzoo.spark.event.RunEvent.StudyEnded;
import org.modelzoo.spark.event.RunEvent.SweepEnded;
import org.modelzoo.spark.event.RunEvent.SweepStarted;

/**
 * Tells an address of the web when runs, searches and sweeps end, fail or stall. The experiments of
 * a sweep are not told one by one.
 */
final class WebhookTracker implements Tracker {
  private static final String VARIABLE = "MODELZOO_WEBHOOK";

  private final Webhook webhook;
  private final Duration stallAfter;
  private final LongSupplier nanoTime;

  /** Runs in progress and where they are. */
  private final Map<String, String> runs = new LinkedHashMap<>();

  private final Map<String, Double> accuracies = new LinkedHashMap<>();
  private boolean inSweep;
  private long heardNanos;
  private boolean stallIsTold;

  WebhookTracker(Webhook webhook, Duration stallAfter, LongSupplier nanoTime) {
    this.webhook = webhook;
    this.stallAfter = stallAfter;
    this.nanoTime = nanoTime;
  }

  /**
   * One for the address in the environment.
   *
   * @throws ModelZooException (configuration) if there is none
   */
  static WebhookTracker of(TrackersConfig.Webhook config, Map<String, String> environment) {
    String address = environment.getOrDefault(VARIABLE, "").strip();
    URI uri = httpAddress(address);
    if (uri == null) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "trackers.webhook.enabled = true: the environment variable %s %s; set it to the webhook's address, such as https://hooks.example.org/services/…"
              .formatted(VARIABLE, address.isEmpty() ? "is not set" : "is not an HTTP address"));
    }
    return new WebhookTracker(new Webhook(uri), config.stallAfter(), System::nanoTime);
  }

  /** Null for another text, which is a secret all the same and must not get into a message. */
  private static URI httpAddress(String text) {
    try {
      URI uri = new URI(text);
      return text.matches("https?://.*") && uri.getHost() != null ? uri : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  @Override
  public String name() {
    return "the webhook";
  }

  @Override
  public void on(RunEvent event) throws IOException {
    if (event instanceof SweepStarted) {
      inSweep = true;
    } else if (event instanceof Started started) {
      runs.put(started.method(), started.location());
      heard();
    } else if (event instanceof FromTraining || event instanceof MemberFinished) {
      heard();
    } else if (event instanceof RoundCommitted round) {
      accuracies.put(round.method(), round.scores().accuracy());
      heard();
    } else if (event instanceof Finished finished) {
      ended("run", finished.method(), Optional.empty());
    } else if (event instanceof Failed failed) {
      ended("run", failed.method(), Optional.of(failed.message()));
    } else if (event instanceof StudyEnded study) {
      tell("search", study.study(), study.failure());
    } else if (event instanceof SweepEnded sweep) {
      tell("sweep", sweep.sweep(), sweep.failure());
    }
  }

  private void heard() {
    heardNanos = nanoTime.getAsLong();
    stallIsTold = false;
  }

  private void ended(String what, String name, Optional<String> failure) throws IOException {
    String location = runs.remove(name);
    Double accuracy = accuracies.remove(name);
    if (!inSweep) {
      Map<String, Object> message = message(what, name, failure);
      message.put("location", location);
      message.put("accuracy", accuracy);
      webhook.post(message);
    }
  }

  private void tell(String what, String name, Optional<String> failure) throws IOException {
    webhook.post(message(what, name, failure));
  }

  @Override
  public void idle() throws IOException {
    boolean stalled =
        !stallAfter.isZero()
            && !runs.isEmpty()
            && nanoTime.getAsLong() - heardNanos >= stallAfter.toNanos();
    if (stalled && !stallIsTold) {
      stallIsTold = true;
      String name = String.join(", ", runs.keySet());
      Map<String, Object> message = message("run", name, Optional.empty());
      message.put("event", "stalled");
      message.put(
          "text",
          "run %s: no member has reported for %d s".formatted(name, stallAfter.toSeconds()));
      webhook.post(message);
    }
  }

  private static Map<String, Object> message(String what, String name, Optional<String> failure) {
    String how = failure.map(message -> "failed: " + Redaction.hidden(message)).orElse("finished");
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("event", failure.isPresent() ? "failed" : "finished");
    message.put("kind", what);
    message.put("name", name);
    message.put("text", "%s %s %s".formatted(what, name, how));
    message.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return message;
  }

  @Override
  public void end() {
    // All is sent.
  }
}
