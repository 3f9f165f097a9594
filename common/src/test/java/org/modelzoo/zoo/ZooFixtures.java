package org.modelzoo.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.data.TaskImages;
import org.modelzoo.data.TaskLoader;
import org.modelzoo.network.NativeThreads;
import org.modelzoo.run.Round;
import org.modelzoo.run.RoundStore;
import org.modelzoo.run.SplitScore;
import org.modelzoo.store.Checksum;
import org.modelzoo.store.Json;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunIdentity;
import org.modelzoo.training.MemberOutcome;
import org.modelzoo.training.MemberPlan;
import org.modelzoo.training.MemberTraining;

/**
 * A continual run over three generated tasks with limited replay, of which two rounds are
 * committed: a member on task 0, then one on tasks 1 and 0; 8×8 pixels, two classes each.
 */
public final class ZooFixtures {
  public static final Configuration HADOOP = new Configuration();

  private static final LoadedConfig CONFIG =
      ConfigLoader.load(
          List.of(),
          List.of(
              "experiment.name=small",
              "data.set.name=small",
              "data.set.source.format=synthetic",
              "data.set.source.height=8",
              "data.set.source.width=8",
              "data.set.source.channels=3",
              "data.set.source.families=1",
              "data.set.source.tasks-per-family=3",
              "data.set.source.classes-per-task=2",
              "data.set.source.train-images-per-class=10",
              "data.set.source.test-images-per-class=50",
              "data.validation-share=0.2",
              "network.name=wrn-10-1",
              "training.epochs=2",
              "training.batch-size=8",
              "zoo.mode=continual",
              "zoo.tasks-per-round=2",
              "zoo.replay-fraction=0.5"));

  private ZooFixtures() {}

  static ModelZooConfig config() {
    return CONFIG.values();
  }

  public static TaskImages images(int task) {
    return TaskLoader.of(config().data(), config().experiment().seed(), HADOOP).load(task);
  }

  /** Trains the run. */
  public static RunDirectory train(Path directory) {
    NativeThreads.use(1);
    RunDirectory run = RunDirectory.at(directory.toString(), HADOOP);
    run.create(
        new RunIdentity(
            RunIdentity.FORMAT_VERSION,
            "test",
            "zoo",
            config().experiment().seed(),
            "fingerprint",
            "data",
            "2025-01-01T00:00:00Z",
            List.of("ant", "bee", "cat", "dog", "elk", "fox")),
        CONFIG.render());
    commit(run, 0, List.of(0), List.of(1.0));
    commit(run, 1, List.of(1, 0), List.of(1.0, 0.5));
    // Trained already, but its round is not committed.
    train(run, "round-002-member-00", List.of(2, 1), List.of(1.0, 0.5));
    return run;
  }

  private static void commit(RunDirectory run, int round, List<Integer> tasks, List<Double> kept) {
    String id = "round-00" + round + "-member-00";
    train(run, id, tasks, kept);
    List<SplitScore> scores =
        tasks.stream().map(task -> new SplitScore(task, Split.TEST, 0.5, 0.5)).toList();
    // With limited replay r, the head of the task that arrives counts 1/r, see ReplayWeights.
    List<Double> weights = kept.stream().map(share -> share == 1 ? 2.0 : 1.0).toList();
    List<Round.Member> members =
        List.of(
            Round.Member.completed(id, tasks, weights, scores),
            Round.Member.diverged("round-00" + round + "-member-01", tasks));
    new RoundStore(run).commit(new Round(round, List.of(1.0, 1.0, 1.0), members, scores));
  }

  private static void train(RunDirectory run, String id, List<Integer> tasks, List<Double> kept) {
    MemberPlan plan =
        new MemberPlan(
            id,
            tasks,
            kept,
            null,
            id.hashCode(),
            config().experiment().seed(),
            config().data(),
            config().network(),
            config().training(),
            List.of(Split.VALIDATION, Split.TEST),
            config().zoo().signalImages());
    assertThat(new MemberTraining(plan, run, HADOOP).run(progress -> {}, () -> false))
        .isInstanceOf(MemberOutcome.Completed.class);
  }

  /** The entries of the archive that exports the run. */
  public static Map<String, byte[]> entries(SavedZoo saved) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    ZooManifest manifest = saved.manifest();
    entries.put(ZooArchive.MANIFEST, Json.writeSealed(manifest));
    saved.models(
        manifest, (member, shown, model) -> entries.put(ZooArchive.entryOf(member), model));
    return entries;
  }

  /** The manifest's entry with something else in it, and a checksum that is right. */
  public static byte[] changed(byte[] manifest, String old, String replacement) {
    String text = new String(manifest, StandardCharsets.UTF_8);
    assertThat(text).contains(old);
    String open =
        text.replace(old, replacement)
            .replaceAll("[0-9a-f]{64}\"\n}\n$", "0".repeat(64) + "\"\n}\n");
    String checksum = Checksum.of(open);
    return open.replaceAll("0{64}\"\n}\n$", checksum + "\"\n}\n").getBytes(StandardCharsets.UTF_8);
  }

  public static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
