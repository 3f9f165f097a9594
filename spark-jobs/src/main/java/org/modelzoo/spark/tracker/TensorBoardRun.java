package org.modelzoo.spark.tracker;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.TaskConfig;
import org.modelzoo.config.TrackersConfig;
import org.modelzoo.data.LabelledImages;
import org.modelzoo.data.TaskLoader;
import org.modelzoo.network.ModelFile;
import org.modelzoo.spark.event.RunEvent.MemberEvaluated;
import org.modelzoo.spark.event.RunEvent.RoundScores;
import org.modelzoo.spark.event.RunEvent.TaskScore;
import org.modelzoo.store.MemberStore;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.training.MemberProgress;

/**
 * TensorBoard's files of one run. Event files can't be appended to on every file system, so there
 * is a new one for every round and for every half minute of a member; TensorBoard reads the files
 * of a directory in the order of their names. What is there already stays: however often the run is
 * started, each round is in one file.
 */
final class TensorBoardRun {
  private static final String DIRECTORY = "tensorboard";
  private static final long WRITE_NANOS = Duration.ofSeconds(30).toNanos();

  private final RunDirectory run;
  private final TrackersConfig.TensorBoard settings;
  private final Configuration hadoop;
  private final Map<String, MemberCurve> members = new HashMap<>();

  TensorBoardRun(RunDirectory run, TrackersConfig.TensorBoard settings, Configuration hadoop) {
    this.run = run;
    this.settings = settings;
    this.hadoop = hadoop;
  }

  /** Writes sample images of every task, once. */
  void started() throws IOException {
    String name = file("", 0);
    if (settings.imagesPerTask() == 0 || run.has(name)) {
      return;
    }
    ModelZooConfig config =
        ConfigLoader.parse(run.configuration(), run.path("config.conf").toString()).values();
    TaskLoader loader = TaskLoader.of(config.data(), config.experiment().seed(), hadoop);
    EventFile file = newFile();
    List<TaskConfig> tasks = config.data().set().tasks();
    for (int task = 0; task < tasks.size(); task++) {
      LabelledImages test = loader.load(task).test();
      ImageStrip samples = ImageStrip.of(test, settings.imagesPerTask());
      file.image(
          "images/" + tasks.get(task).name(),
          0,
          samples.shape().height(),
          samples.shape().width(),
          samples.shape().channels(),
          samples.png());
    }
    run.write(name, file.toBytes());
  }

  /** Writes the round, unless that was done. */
  void round(RoundScores scores) {
    int step = scores.round() + 1;
    String name = file("", step);
    if (run.has(name)) {
      return;
    }
    EventFile file = newFile();
    file.scalar("ensemble/accuracy", step, scores.accuracy());
    for (TaskScore task : scores.tasks()) {
      file.scalar("accuracy/" + task.task(), step, task.accuracy());
      file.scalar("weight/" + task.task(), step, task.weight());
      if (!Double.isNaN(task.loss())) {
        file.scalar("loss/" + task.task(), step, task.loss());
      }
    }
    run.write(name, file.toBytes());
  }

  void progressed(String member, MemberProgress progress) throws IOException {
    MemberCurve curve = curve(member);
    curve.add(progress);
    if (System.nanoTime() - curve.writtenNanos >= WRITE_NANOS) {
      curve.write();
    }
  }

  void evaluated(MemberEvaluated event) throws IOException {
    curve(event.member()).add(event);
  }

  private MemberCurve curve(String member) throws IOException {
    MemberCurve curve = members.get(member);
    if (curve == null) {
      curve = new MemberCurve(member, firstFree(member));
      members.put(member, curve);
    }
    return curve;
  }

  /** Writes what is left of a member's curve. */
  void ended(String member) {
    MemberCurve curve = members.remove(member);
    if (curve != null) {
      curve.write();
    }
  }

  /** Writes what is left of all curves. */
  void end() {
    List.copyOf(members.keySet()).forEach(this::ended);
  }

  /** As {@link #ended}, with the weights of a member that was trained to the end. */
  void completed(String member) throws IOException {
    MemberCurve curve = members.get(member);
    if (curve != null && settings.histograms()) {
      addWeights(curve, member);
    }
    ended(member);
  }

  private void addWeights(MemberCurve curve, String member) throws IOException {
    Path path = new MemberStore(run).modelFile(member);
    byte[] model = run.files().read(path);
    ComputationGraph network = ModelFile.read(new ByteArrayInputStream(model), path.toString());
    try {
      network
          .paramTable()
          .forEach(
              (name, values) -> curve.histogram("weights/" + name, values.dup().data().asFloat()));
    } finally {
      network.close();
    }
  }

  /** The number of the first file of a member that isn't there yet. */
  private int firstFree(String member) throws IOException {
    return run.files().list(run.path(DIRECTORY + "/members/" + member)).size();
  }

  private static String file(String member, int number) {
    String directory = member.isEmpty() ? DIRECTORY : DIRECTORY + "/members/" + member;
    return "%s/events.out.tfevents.%010d.modelzoo".formatted(directory, number);
  }

  private static EventFile newFile() {
    return new EventFile(System.currentTimeMillis() / 1e3);
  }

  /** The curve of a member in training, over the images it has seen. */
  private final class MemberCurve {
    private final String member;
    private int number;
    private EventFile file = newFile();
    private long step = -1;
    private boolean empty = true;
    private long writtenNanos = System.nanoTime();

    MemberCurve(String member, int number) {
      this.member = member;
      this.number = number;
    }

    void add(MemberProgress progress) {
      if (progress.imagesDone() == step) {
        return; // It tells so at the end of an epoch, too.
      }
      if (progress.imagesDone() < step || (step < 0 && number > 0)) {
        // It was started again, now or by another driver.
        file.restart(progress.imagesDone());
      }
      step = progress.imagesDone();
      file.scalar("training/loss", step, progress.loss());
      file.scalar("training/accuracy", step, progress.accuracy());
      file.scalar("training/images_per_second", step, progress.imagesPerSecond());
      empty = false;
    }

    void add(MemberEvaluated event) {
      for (int i = 0; i < event.tasks().size(); i++) {
        String task = event.tasks().get(i);
        file.scalar("test_loss/" + task, event.images(), event.evaluation().losses().get(i));
        file.scalar(
            "test_accuracy/" + task, event.images(), event.evaluation().accuracies().get(i));
      }
      empty = false;
    }

    void histogram(String tag, float[] values) {
      file.histogram(tag, step, WeightHistogram.of(values));
    }

    void write() {
      if (!empty) {
        run.write(file(member, number), file.toBytes());
        number++;
        file = newFile();
        empty = true;
      }
      writtenNanos = System.nanoTime();
    }
  }
}
