package org.modelzoo.run;

import java.util.ArrayList;
import java.util.List;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.ZooConfig.Signal;
import org.modelzoo.store.Predictions.Split;

/** Which images of the tasks members predict. Runs on the driver. */
public final class Splits {
  private Splits() {}

  /** Those whose predictions somebody reads, in the order in which they are stored. */
  public static List<Split> of(ModelZooConfig config) {
    List<Split> splits = new ArrayList<>();
    if (config.zoo().signal() == Signal.TRAINING) {
      splits.add(Split.TRAIN);
    }
    if (config.data().validationShare() > 0) {
      splits.add(Split.VALIDATION);
    }
    splits.add(Split.TEST);
    return splits;
  }

  /** The one whose losses drive the weights. */
  public static Split signal(ModelZooConfig config) {
    return config.zoo().signal() == Signal.TRAINING ? Split.TRAIN : Split.VALIDATION;
  }
}
