package org.modelzoo.report.run;

import com.typesafe.config.ConfigUtil;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.report.RunSummary;
import org.modelzoo.run.Round;
import org.modelzoo.run.RoundStore;
import org.modelzoo.run.RunHistory;
import org.modelzoo.run.SplitScore;
import org.modelzoo.store.Computation;
import org.modelzoo.store.MemberFile;
import org.modelzoo.store.MemberStore;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.Predictions.Block;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunIdentity;

/** A run directory that is written piece by piece, as a driver would. */
public final class RunFixture {
  public static final String HOSTILE = "</script><img src=\"x\" onerror='alert(1)'> & \"Ä\"";

  /** Of the first task alone, as if the program that started the run had known no more. */
  static final List<String> CLASSES = List.of("crow", "jay");

  static final List<String> TASKS = List.of("birds", "trees, tall", HOSTILE);

  public final RunDirectory directory;
  private RunHistory history = RunHistory.EMPTY;

  public RunFixture(Path path, String method, LoadedConfig config) {
    this(path, method, 7, config);
  }

  RunFixture(Path path, String method, long seed, LoadedConfig config) {
    directory = RunDirectory.at(path.toString(), new Configuration());
    directory.create(
        new RunIdentity(2, "0.1", method, seed, "c0ffee", "da7a", "2025-01-01T00:00:00Z", CLASSES),
        config.render());
  }

  /** Three tasks of two classes each, of files that are not there. */
  public static LoadedConfig config(Path missing) {
    return ConfigLoader.parse(
        """
        data.directory = "%s"
        data.set {
          name = letters
          source.format = mnist
          tasks = [
            { name = birds, classes = [0, 1] }
            { name = "trees, tall", classes = [2, 3] }
            { name = %s, classes = [4, 5] }
          ]
        }
        """
            .formatted(missing, ConfigUtil.quoteString(HOSTILE)),
        "test");
  }

  /** A finished run of two rounds with two members each, of which the last one diverged. */
  public static RunFixture finished(Path path) throws IOException {
    RunFixture run = twoRounds(path);
    run.finish();
    return run;
  }

  public static RunFixture twoRounds(Path path) throws IOException {
    RunFixture run = new RunFixture(path, "zoo", config(path.resolve("nowhere")));
    run.round(
        List.of(1.0, 1.0, 1.0),
        List.of(
            run.member("round-000-member-00", List.of(0, 1), 1_000, 3_000, "local on a", .8, .6),
            run.member("round-000-member-01", List.of(0, 2), 1_500, 3_500, "local on a", .6, .5)),
        .75,
        .625,
        .5);
    run.round(
        List.of(0.5, 1.25, 2.0),
        List.of(
            run.member("round-001-member-00", List.of(1, 0), 4_000, 5_000, "local on a", .7, .9),
            Round.Member.diverged("round-001-member-01", List.of(2))),
        .875,
        .5625,
        .5);
    return run;
  }

  /** A member, in its directory, whose accuracies alone, one per task, are these. */
  Round.Member member(
      String id, List<Integer> tasks, long from, long to, String executor, double... accuracies)
      throws IOException {
    return member(id, tasks, from, to, executor, List.of(), accuracies);
  }

  /** As the other, with what it was evaluated to between its epochs. */
  Round.Member member(
      String id,
      List<Integer> tasks,
      long from,
      long to,
      String executor,
      List<MemberFile.Evaluation> evaluations,
      double... accuracies)
      throws IOException {
    new MemberStore(directory)
        .commit(
            id,
            out -> out.write(1),
            new Predictions(
                tasks.stream()
                    .map(
                        task ->
                            new Block(
                                task,
                                Split.TEST,
                                2,
                                new short[] {0, 1},
                                new float[] {.75f, .25f, .625f, .375f}))
                    .toList()),
            (model, predictions) ->
                new MemberFile(
                    MemberFile.FORMAT_VERSION,
                    id,
                    tasks,
                    3,
                    5_000,
                    from,
                    to,
                    List.of(new MemberFile.Epoch(0.5, 0.75)),
                    model,
                    predictions,
                    null,
                    executor,
                    evaluations,
                    new Computation("torch", "float16", 3)));
    return Round.Member.completed(
        id,
        tasks,
        Collections.nCopies(tasks.size(), 1.0),
        IntStream.range(0, tasks.size())
            .mapToObj(i -> new SplitScore(tasks.get(i), Split.TEST, 1.0, accuracies[i]))
            .toList());
  }

  /** Commits the next round, after which the ensemble has these accuracies, one per task. */
  void round(List<Double> weights, List<Round.Member> members, double... accuracies) {
    Round round =
        new Round(
            history.rounds().size(),
            weights,
            members,
            IntStream.range(0, accuracies.length)
                .mapToObj(task -> new SplitScore(task, Split.TEST, 1.0, accuracies[task]))
                .toList());
    new RoundStore(directory).commit(round);
    history = history.with(round);
  }

  void finish() {
    Map<String, Double> last = new LinkedHashMap<>();
    for (int task = 0; task < TASKS.size(); task++) {
      last.put(TASKS.get(task), history.matrix().last(task));
    }
    directory.write(
        "summary.json",
        new RunSummary(
            2, "zoo", "tiny", 7, 3, 2, 3, 1, .65, .6, .02, null, last, 15_000, 2_500, 9, null,
            Map.of()));
  }
}
