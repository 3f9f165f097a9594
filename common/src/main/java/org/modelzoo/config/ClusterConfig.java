package org.modelzoo.config;

import java.io.Serializable;

/**
 * How members are laid out on the cluster.
 *
 * @param threadsPerMember native threads of one member, Spark's {@code spark.task.cpus}
 * @param gpusPerMember graphics cards of one member, Spark's {@code
 *     spark.task.resource.gpu.amount}; 0 trains on processors
 * @param membersAtOnce upper bound on members in training at the same time; 0 uses every slot
 */
public record ClusterConfig(int threadsPerMember, double gpusPerMember, int membersAtOnce)
    implements Serializable {}
