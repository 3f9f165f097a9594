package org.modelzoo.spark.job;

import java.util.HashMap;
import java.util.Map;
import org.modelzoo.config.ClusterConfig;
import org.modelzoo.config.Method;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.network.NetworkSpec;
import org.modelzoo.network.Networks;
import org.modelzoo.report.RunSummary.Cost;
import org.modelzoo.store.MemberFile;

/** Counts what a run took. Runs on the driver. */
final class RunCost {
  private RunCost() {}

  static Cost of(RunResults run) {
    ModelZooConfig config = run.config();
    ClusterConfig cluster = config.cluster();
    int workers = Math.max(1, config.training().dataParallel().workers());
    double seconds =
        workers
            * run.members().stream()
                .mapToDouble(member -> (member.finishedMillis() - member.startedMillis()) / 1e3)
                .sum();
    return new Cost(
        run.history().ensembleMembers().stream()
            .mapToLong(
                member ->
                    Networks.parameterCount(
                        NetworkSpec.of(config.network(), config.data(), member.tasks())))
            .sum(),
        storedImages(run),
        cluster.threadsPerMember() * seconds,
        cluster.gpusPerMember() * seconds);
  }

  /** Images of all tasks but the newest that the last round could not have done without. */
  private static Long storedImages(RunResults run) {
    ModelZooConfig config = run.config();
    if (run.method() == Method.ISOLATED || run.method() == Method.FINE_TUNING) {
      return 0L;
    }
    Map<Integer, Integer> images = new HashMap<>();
    for (MemberFile member : run.members()) {
      if (member.taskImages() == null) {
        return null;
      }
      for (int head = 0; head < member.tasks().size(); head++) {
        images.put(member.tasks().get(head), member.taskImages().get(head));
      }
    }
    int newest = config.data().set().tasks().size() - 1;
    images.remove(newest);
    if (images.size() < newest) {
      return null; // A task without a member.
    }
    boolean needsAll =
        run.method() == Method.MULTI_HEAD || run.method() == Method.ISOLATED_ENSEMBLE;
    double share = needsAll ? 1 : config.zoo().replayFraction();
    long kept = Math.round(share * images.values().stream().mapToLong(Integer::longValue).sum());
    int reservoir = run.method() == Method.REPLAY ? config.replay().images() : 0;
    return reservoir > 0 ? Math.min(reservoir, kept) : kept;
  }
}
