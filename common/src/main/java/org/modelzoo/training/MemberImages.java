package org.modelzoo.training;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.data.LabelledImages;
import org.modelzoo.data.Replay;
import org.modelzoo.data.Reservoir;
import org.modelzoo.data.TaskImages;
import org.modelzoo.data.TaskLoader;

/**
 * The images of a member's tasks, in the order of its heads. Loaded where they are needed, and kept
 * by the JVM for the next one that asks.
 *
 * @param tasks all images
 * @param training those it is trained on: of replayed tasks a share; of a sequential member the
 *     last task alone
 * @param reservoir of the earlier tasks of a sequential member; null for every other member
 * @param drawn images that an epoch takes from the reservoir
 */
public record MemberImages(
    List<TaskImages> tasks, List<LabelledImages> training, Reservoir reservoir, int drawn) {
  /**
   * Loads them.
   *
   * @throws org.modelzoo.base.ModelZooException (data) when they can't be used
   */
  public static MemberImages load(MemberPlan plan, Configuration hadoop) {
    List<TaskImages> tasks = TaskLoader.of(plan.data(), plan.dataSeed(), hadoop).load(plan.tasks());
    if (plan.continuation() != null) {
      return sequential(plan, tasks);
    }
    List<LabelledImages> training = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      LabelledImages train = tasks.get(i).train();
      double share = plan.kept().get(i);
      training.add(share < 1 ? Replay.keep(train, share, tasks.size()) : train);
    }
    return new MemberImages(tasks, training, null, 0);
  }

  private static MemberImages sequential(MemberPlan plan, List<TaskImages> tasks) {
    int last = tasks.size() - 1;
    List<LabelledImages> earlier = tasks.subList(0, last).stream().map(TaskImages::train).toList();
    int replayedTasks = plan.continuation().replayedTasks();
    int kept = 0;
    double inMember = 0;
    for (int task = 0; task < last; task++) {
      double share = plan.kept().get(task);
      int ofTask = Replay.kept(earlier.get(task), share);
      kept += ofTask;
      inMember += (double) ofTask * Replay.repeats(share, 1 + replayedTasks) / last;
    }
    int size = plan.continuation().reservoir() == 0 ? kept : plan.continuation().reservoir();
    return new MemberImages(
        tasks,
        List.of(tasks.get(last).train()),
        new Reservoir(earlier, size, plan.dataSeed()),
        (int) Math.round(replayedTasks * inMember));
  }

  /**
   * What an epoch trains on, of each task.
   *
   * @param seed of the epoch
   */
  List<LabelledImages> ofEpoch(long seed) {
    if (reservoir == null) {
      return training;
    }
    List<LabelledImages> images = new ArrayList<>(reservoir.draw(drawn, seed));
    images.addAll(training);
    return images;
  }

  /** Training images of an epoch. */
  public int imagesPerEpoch() {
    return training.stream().mapToInt(LabelledImages::size).sum() + drawn;
  }
}
