package org.modelzoo.config;

import java.io.Serializable;

/**
 * How members are laid out on the cluster.
 *
 * @param threadsPerMember native threads of one member, Spark's {@code spark.task.cpus}
 * @param membersAtOnce upper bound on members in training at the same time; 0 uses every slot
 */
public record ClusterConfig(int threadsPerMember, int membersAtOnce) implements Serializable {}
