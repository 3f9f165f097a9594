package org.modelzoo.spark.benchmark.card;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.modelzoo.base.KebabCase;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.Precision;
import org.modelzoo.spark.benchmark.card.ProofStep.Status;

/** All steps, one after the other; what fails leaves the others alone. */
public final class CardProof {
  private final CardSettings settings;
  private final Consumer<ProofStep> news;
  private final List<ProofStep> steps = new ArrayList<>();
  private boolean usable = true;

  /**
   * A proof.
   *
   * @param news hears of every step when it has ended
   */
  public CardProof(CardSettings settings, Consumer<ProofStep> news) {
    this.settings = settings;
    this.news = news;
  }

  /**
   * Runs them.
   *
   * @param directory for the runs of the quick start
   */
  public List<ProofStep> run(Path directory) {
    step("preflight", () -> Preflight.look(settings.device()));
    usable = steps.get(0).status() != Status.FAILED;
    for (Precision precision : settings.precisions()) {
      step("parity, " + KebabCase.of(precision), () -> Parity.of(settings, precision));
    }
    MembersAtOnce atOnce = new MembersAtOnce(settings);
    for (int members : settings.members()) {
      for (Precision precision : settings.precisions()) {
        step(
            "%d at once, %s".formatted(members, KebabCase.of(precision)),
            () -> atOnce.members(precision, members));
      }
      step(
          "%d at once, PyTorch, bfloat16".formatted(members),
          () -> atOnce.pytorch(members, /* best= */ false));
      step(
          "%d at once, PyTorch's best".formatted(members),
          () -> atOnce.pytorch(members, /* best= */ true));
    }
    QuickStart quickStart = new QuickStart(settings, directory);
    step("quick start on the processor, float32", quickStart::reference);
    for (Precision precision : settings.precisions()) {
      step("quick start, " + KebabCase.of(precision), () -> quickStart.in(precision));
    }
    Precision first = settings.precisions().get(0);
    step(
        "quick start, killed and continued, " + KebabCase.of(first),
        () -> quickStart.killedAndContinued(first));
    return List.copyOf(steps);
  }

  private void step(String name, Callable<ProofStep> work) {
    long begin = System.nanoTime();
    ProofStep done =
        usable
            ? outcome(work)
            : ProofStep.skipped("the look at the card failed; see the first step");
    ProofStep step = done.of(name, Math.round((System.nanoTime() - begin) / 1e8) / 10.0);
    steps.add(step);
    news.accept(step);
  }

  private static ProofStep outcome(Callable<ProofStep> work) {
    try {
      return work.call();
    } catch (ModelZooException | IOException e) {
      return ProofStep.failed(e.getMessage(), null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ProofStep.failed("interrupted", null);
    } catch (Exception e) {
      return ProofStep.failed(e.toString(), null);
    }
  }
}
