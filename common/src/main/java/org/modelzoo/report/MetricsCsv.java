package org.modelzoo.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.modelzoo.base.KebabCase;
import org.modelzoo.boosting.Score;
import org.modelzoo.config.Method;
import org.modelzoo.run.Round;
import org.modelzoo.run.RunHistory;
import org.modelzoo.run.SplitScore;

/**
 * {@code metrics.csv}: losses (mean cross-entropy, nats) and accuracies of every member on its own
 * tasks, and of the ensemble on every task after every round. For people and their programs;
 * nothing is read from there again.
 */
public final class MetricsCsv {
  /** What stands in the member column for the whole ensemble. */
  private static final String ENSEMBLE = "ensemble";

  private static final List<String> HEADER =
      List.of("round", "method", "member", "task", "split", "loss", "accuracy");

  private final String method;
  private final List<String> tasks;

  private MetricsCsv(Method method, List<String> tasks) {
    this.method = KebabCase.of(method);
    this.tasks = tasks;
  }

  /**
   * Writes the file as UTF-8.
   *
   * @param tasks their names
   */
  public static void write(RunHistory history, Method method, List<String> tasks, OutputStream out)
      throws IOException {
    new MetricsCsv(method, tasks).write(history, out);
  }

  private void write(RunHistory history, OutputStream out) throws IOException {
    out.write(CsvText.line(HEADER).getBytes(UTF_8));
    // The ensemble's lines of every task stand again after every round, mostly as they were.
    Map<Integer, List<byte[]>> ensemble = new TreeMap<>();
    for (Round round : history.rounds()) {
      byte[] number = Integer.toString(round.round()).getBytes(UTF_8);
      for (Round.Member member : round.members()) {
        for (SplitScore score : member.scores()) {
          out.write(number);
          out.write(line(member.id(), score));
        }
      }
      round.scores().forEach(score -> ensemble.remove(score.task()));
      for (SplitScore score : round.scores()) {
        ensemble
            .computeIfAbsent(score.task(), task -> new ArrayList<>())
            .add(line(ENSEMBLE, score));
      }
      for (List<byte[]> lines : ensemble.values()) {
        for (byte[] line : lines) {
          out.write(number);
          out.write(line);
        }
      }
    }
  }

  /** A line but for its round. */
  private byte[] line(String member, SplitScore split) {
    Score score = split.score();
    String values =
        CsvText.line(
            List.of(
                method,
                member,
                tasks.get(split.task()),
                split.split().name().toLowerCase(Locale.ROOT),
                score.loss(),
                score.accuracy()));
    return ("," + values).getBytes(UTF_8);
  }
}
