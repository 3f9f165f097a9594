package org.modelzoo.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.Predictions.Block;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RunDirectory;

/**
 * How good a member is after its epochs, on images it isn't trained on: the held-out ones, or test
 * images where none are held out. Decides nothing. Kept in {@code evaluations/<id>.csv}, one line
 * per epoch and task.
 */
final class EpochEvaluations {
  private static final String HEADER = "epoch,split,task,loss,accuracy";

  private final MemberPlan plan;
  private final RunDirectory run;
  private final Path file;
  private final Split split;
  private final Consumer<String> news;

  EpochEvaluations(MemberPlan plan, RunDirectory run, Consumer<String> news) {
    this.plan = plan;
    this.run = run;
    this.file = run.path("evaluations/" + plan.id() + ".csv");
    this.split = plan.splits().contains(Split.VALIDATION) ? Split.VALIDATION : Split.TEST;
    this.news = news;
  }

  /**
   * Evaluates if it is time.
   *
   * @param epochs done so far
   */
  void after(int epochs, MemberTrainer trainer) throws IOException {
    int every = plan.training().dataParallel().evaluateEvery();
    if (every == 0 || epochs % every != 0) {
      return;
    }
    Predictions predictions = trainer.predict(List.of(split));
    List<String> lines = linesBefore(epochs);
    double loss = 0;
    double accuracy = 0;
    for (Block block : predictions.blocks()) {
      TaskScore score = TaskScore.of(block);
      lines.add(
          "%d,%s,%s,%s,%s"
              .formatted(
                  epochs,
                  split.name().toLowerCase(Locale.ROOT),
                  plan.data().set().tasks().get(block.task()).name(),
                  score.loss(),
                  score.accuracy()));
      loss += score.loss() / predictions.blocks().size();
      accuracy += score.accuracy() / predictions.blocks().size();
    }
    byte[] text = (String.join("\n", lines) + "\n").getBytes(UTF_8);
    run.files().write(file, out -> out.write(text));
    news.accept(
        String.format(
            Locale.ROOT,
            "%s after epoch %d of %d: %s accuracy %.4f, loss %.4f",
            plan.id(),
            epochs,
            plan.training().epochs(),
            split.name().toLowerCase(Locale.ROOT),
            accuracy,
            loss));
  }

  /** A run that continues may have evaluated epochs that it trains again. */
  private List<String> linesBefore(int epoch) throws IOException {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    if (run.files().exists(file)) {
      new String(run.files().read(file), UTF_8)
          .lines()
          .skip(1)
          .filter(line -> Integer.parseInt(line.split(",", 2)[0]) < epoch)
          .forEach(lines::add);
    }
    return lines;
  }
}
