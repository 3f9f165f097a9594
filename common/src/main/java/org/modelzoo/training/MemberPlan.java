package org.modelzoo.training;

import java.io.Serializable;
import java.util.List;
import org.modelzoo.config.DataConfig;
import org.modelzoo.config.NetworkConfig;
import org.modelzoo.config.TrainingConfig;
import org.modelzoo.config.ZooConfig.SignalImages;
import org.modelzoo.network.NetworkSpec;
import org.modelzoo.store.Predictions.Split;

/**
 * All that determines a member: made on the driver, trained on an executor.
 *
 * @param id of the member, its directory's name
 * @param tasks to train on, in the order of the heads
 * @param kept share of each task's training images that is used, 1 but for replayed tasks
 * @param continuation how a member of a sequential method goes on from the one before; null for a
 *     member of any other method
 * @param seed of this member; initialisation, order, augmentation and dropout derive from it
 * @param dataSeed of the experiment; hold-out and label noise derive from it, alike for all members
 * @param splits whose predictions are stored
 * @param signalImages what is done to training images before they are predicted
 */
public record MemberPlan(
    String id,
    List<Integer> tasks,
    List<Double> kept,
    Continuation continuation,
    long seed,
    long dataSeed,
    DataConfig data,
    NetworkConfig network,
    TrainingConfig training,
    List<Split> splits,
    SignalImages signalImages)
    implements Serializable {

  /** The member's network: one head per task. */
  public NetworkSpec networkSpec() {
    return NetworkSpec.of(network, data, tasks);
  }
}
