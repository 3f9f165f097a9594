package org.modelzoo.spark.tracker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.RunStatus;
import org.modelzoo.spark.event.RunEvent.MemberEvaluated;
import org.modelzoo.training.MemberProgress;

/** The nested run of a member; its metrics are sent together every few seconds. */
final class MlflowMember {
  private static final long SEND_NANOS = Duration.ofSeconds(5).toNanos();

  private final MlflowServer server;
  private final String run;
  private final List<Metric> metrics = new ArrayList<>();
  private long imagesDone = -1;
  private long sentNanos = System.nanoTime();

  MlflowMember(MlflowServer server, String run) {
    this.server = server;
    this.run = run;
  }

  void progressed(MemberProgress progress) {
    if (progress.imagesDone() == imagesDone) {
      return; // It tells so at the end of an epoch, too.
    }
    imagesDone = progress.imagesDone();
    MlflowValues.add(metrics, "training/loss", progress.loss(), progress.imagesDone());
    MlflowValues.add(metrics, "training/accuracy", progress.accuracy(), progress.imagesDone());
    MlflowValues.add(
        metrics, "training/images_per_second", progress.imagesPerSecond(), progress.imagesDone());
    if (System.nanoTime() - sentNanos >= SEND_NANOS) {
      send();
    }
  }

  void evaluated(MemberEvaluated event) {
    for (int i = 0; i < event.tasks().size(); i++) {
      String task = event.tasks().get(i);
      MlflowValues.add(
          metrics,
          MlflowValues.ofTask("test_loss", task),
          event.evaluation().losses().get(i),
          event.images());
      MlflowValues.add(
          metrics,
          MlflowValues.ofTask("test_accuracy", task),
          event.evaluation().accuracies().get(i),
          event.images());
    }
  }

  void send() {
    if (!metrics.isEmpty()) {
      server.log(run, metrics, List.of(), List.of());
      metrics.clear();
    }
    sentNanos = System.nanoTime();
  }

  void end(RunStatus status) {
    send();
    server.end(run, status);
  }
}
