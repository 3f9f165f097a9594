package org.modelzoo.training;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.data.LabelledImages;
import org.modelzoo.data.Replay;
import org.modelzoo.data.TaskImages;
import org.modelzoo.data.TaskLoader;

/**
 * The images of a member's tasks, in the order of its heads. Loaded where they are needed, and kept
 * by the JVM for the next one that asks.
 *
 * @param tasks all images
 * @param training those it is trained on: of replayed tasks a share
 */
public record MemberImages(List<TaskImages> tasks, List<LabelledImages> training) {
  /**
   * Loads them.
   *
   * @throws org.modelzoo.base.ModelZooException (data) when they can't be used
   */
  public static MemberImages load(MemberPlan plan, Configuration hadoop) {
    List<TaskImages> tasks = TaskLoader.of(plan.data(), plan.dataSeed(), hadoop).load(plan.tasks());
    List<LabelledImages> training = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      LabelledImages train = tasks.get(i).train();
      double share = plan.kept().get(i);
      training.add(share < 1 ? Replay.keep(train, share, tasks.size()) : train);
    }
    return new MemberImages(tasks, training);
  }

  /** Training images of an epoch. */
  public int imagesPerEpoch() {
    return training.stream().mapToInt(LabelledImages::size).sum();
  }
}
