package org.modelzoo.spark.benchmark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.network.Networks;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.farm.Unit;
import org.modelzoo.spark.job.MemberUnit;
import org.modelzoo.store.MemberFile;
import org.modelzoo.store.MemberStore;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.training.MemberOutcome;
import org.modelzoo.training.MemberPlan;

/**
 * Trains nothing: a member's files are written at once, the model as large as a real one, the
 * predictions invented.
 */
final class StoringFarm implements Farm {
  private final InventedPredictions predictions;
  private final Configuration hadoop;
  private int members;

  StoringFarm(InventedPredictions predictions, Configuration hadoop) {
    this.predictions = predictions;
    this.hadoop = hadoop;
  }

  @Override
  public <R extends Serializable> CompletableFuture<R> submit(Unit<R> unit) {
    if (!(unit instanceof MemberUnit member)) {
      throw new IllegalArgumentException("no member: " + unit.id());
    }
    try {
      store(member.plan(), RunDirectory.at(member.runDirectory(), hadoop));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    members++;
    @SuppressWarnings("unchecked") // A member's result is a MemberOutcome.
    R outcome = (R) new MemberOutcome.Completed(List.of());
    return CompletableFuture.completedFuture(outcome);
  }

  private void store(MemberPlan plan, RunDirectory run) throws IOException {
    byte[] model = new byte[Math.toIntExact(4L * Networks.parameterCount(plan.networkSpec()))];
    new SplittableRandom(plan.seed()).nextBytes(model);
    new MemberStore(run)
        .commit(
            plan.id(),
            out -> out.write(model),
            predictions.of(plan.tasks(), members),
            (modelSha256, predictionsSha256) ->
                new MemberFile(
                    MemberFile.FORMAT_VERSION,
                    plan.id(),
                    plan.tasks(),
                    plan.seed(),
                    1,
                    0,
                    1,
                    List.of(),
                    modelSha256,
                    predictionsSha256));
  }

  /** How many members were asked for. */
  int members() {
    return members;
  }

  @Override
  public int slots() {
    return 1;
  }

  @Override
  public void close() {
    // Nothing waits and nothing runs.
  }
}
