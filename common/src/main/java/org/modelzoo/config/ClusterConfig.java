package org.modelzoo.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * How members are laid out on the cluster.
 *
 * @param threadsPerMember native threads of one member, Spark's {@code spark.task.cpus}
 * @param gpusPerMember graphics cards of one member, Spark's {@code
 *     spark.task.resource.gpu.amount}; 0 trains on processors
 * @param membersAtOnce upper bound on members in training at the same time; 0 uses every slot
 * @param memberTimeLimit after which a member in training counts as hung, by the clock of the
 *     executor's slot; zero for none
 * @param memberAttempts how often a member that hangs is started before the run ends
 * @param executorTimeLimit how long members wait while none can run before the run ends; zero for
 *     ever
 * @param weight of the run among others in one application, at least 1
 */
public record ClusterConfig(
    int threadsPerMember,
    double gpusPerMember,
    int membersAtOnce,
    Duration memberTimeLimit,
    int memberAttempts,
    Duration executorTimeLimit,
    int weight)
    implements Serializable {

  /** The same for members of another size. */
  public ClusterConfig withMemberSize(int threads, double gpus) {
    return new ClusterConfig(
        threads, gpus, membersAtOnce, memberTimeLimit, memberAttempts, executorTimeLimit, weight);
  }

  /** The same with another weight. */
  public ClusterConfig withWeight(int other) {
    return new ClusterConfig(
        threadsPerMember,
        gpusPerMember,
        membersAtOnce,
        memberTimeLimit,
        memberAttempts,
        executorTimeLimit,
        other);
  }
}
