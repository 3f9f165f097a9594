package org.modelzoo.spark.job;

import java.util.List;
import java.util.Optional;
import org.modelzoo.config.ClusterConfig;
import org.modelzoo.config.ModelZooConfig;

/**
 * The section {@code cluster} of an application that does several experiments. Their members may be
 * of several sizes: with more or fewer threads, and with the GPUs of all others or none. Spark 3.5
 * divides a GPU the same way for all tasks of an application.
 */
public final class SharedCluster {
  /** What may differ, for a message. */
  public static final String RULE =
      "in which only threads-per-member may differ, and gpus-per-member between 0 and one other value";

  private SharedCluster() {}

  /**
   * The configuration of the application: the first experiment's, with the largest member of all.
   *
   * @param experiments at least one
   * @return empty if they can't be done in one application
   */
  public static Optional<ModelZooConfig> of(List<ModelZooConfig> experiments) {
    ModelZooConfig first = experiments.get(0);
    List<ClusterConfig> sections = experiments.stream().map(ModelZooConfig::cluster).toList();
    if (sections.stream().map(it -> it.withMemberSize(1, 0).withWeight(1)).distinct().count() > 1
        || sections.stream()
                .map(ClusterConfig::gpusPerMember)
                .filter(gpus -> gpus > 0)
                .distinct()
                .count()
            > 1) {
      return Optional.empty();
    }
    int threads = sections.stream().mapToInt(ClusterConfig::threadsPerMember).max().orElseThrow();
    double gpus = sections.stream().mapToDouble(ClusterConfig::gpusPerMember).max().orElseThrow();
    return Optional.of(first.withCluster(first.cluster().withMemberSize(threads, gpus)));
  }
}
