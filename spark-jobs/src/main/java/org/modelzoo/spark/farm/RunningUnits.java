package org.modelzoo.spark.farm;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import scala.collection.JavaConverters;

/**
 * Which units hold a slot of an executor, and since when: what Spark tells its listeners on the
 * driver. A unit whose job was cancelled stays here until its thread has really ended.
 */
final class RunningUnits extends SparkListener {
  /** Spark's name for the group among a job's properties. */
  private static final String GROUP = "spark.jobGroup.id";

  private final Map<Integer, List<Integer>> stagesOfJobs = new HashMap<>();
  private final Map<Integer, String> groupsOfStages = new HashMap<>();
  private final Map<Long, RunningUnit> running = new HashMap<>();
  private final Consumer<RunningUnit> lost;

  /**
   * @param lost hears of each unit whose executor went away
   */
  RunningUnits(Consumer<RunningUnit> lost) {
    this.lost = lost;
  }

  /** What holds a slot at the moment. */
  synchronized List<RunningUnit> now() {
    return List.copyOf(running.values());
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart start) {
    String group = start.properties() == null ? null : start.properties().getProperty(GROUP);
    if (group != null) {
      List<Integer> stages =
          JavaConverters.seqAsJavaList(start.stageIds()).stream()
              .map(stage -> ((Number) stage).intValue())
              .toList();
      stagesOfJobs.put(start.jobId(), stages);
      stages.forEach(stage -> groupsOfStages.put(stage, group));
    }
  }

  @Override
  public synchronized void onJobEnd(SparkListenerJobEnd end) {
    List<Integer> stages = stagesOfJobs.remove(end.jobId());
    if (stages != null) {
      stages.forEach(groupsOfStages::remove);
    }
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart start) {
    String group = groupsOfStages.get(start.stageId());
    if (group != null) {
      TaskInfo task = start.taskInfo();
      running.put(
          task.taskId(), new RunningUnit(group, task.executorId(), task.host(), System.nanoTime()));
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.taskInfo() != null) {
      RunningUnit unit = running.remove(end.taskInfo().taskId());
      if (unit != null && end.reason() instanceof ExecutorLostFailure) {
        lost.accept(unit);
      }
    }
  }

  @Override
  public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    List<RunningUnit> there =
        running.values().stream()
            .filter(unit -> unit.executor().equals(removed.executorId()))
            .toList();
    running.values().removeAll(there);
    there.forEach(lost);
  }
}
