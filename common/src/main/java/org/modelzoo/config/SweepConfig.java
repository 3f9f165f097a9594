package org.modelzoo.config;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A sweep: one experiment for every combination of its axes' values. Read once on the driver.
 *
 * @param name names the directory under {@code output.directory}
 * @param axes what differs between the experiments, the last axis fastest
 * @param baseline axis name → the name of its value that the others are compared with; empty for no
 *     comparison
 * @param task whose accuracy is shown beside the averages; empty for none
 * @param experimentsAtOnce upper bound; 0 for as many as the cluster has slots
 * @param experiments all combinations
 */
public record SweepConfig(
    String name,
    List<SweepAxis> axes,
    Map<String, String> baseline,
    String task,
    int experimentsAtOnce,
    List<SweepExperiment> experiments) {

  /** The axis that tells the methods of an experiment apart where it has baselines. */
  public static final String METHOD_AXIS = "method";

  /** Names of the axes; the last one is that of the methods where experiments have several. */
  public List<String> axisNames() {
    Stream<String> own = axes.stream().map(SweepAxis::name);
    return (comparesMethods() ? Stream.concat(own, Stream.of(METHOD_AXIS)) : own).toList();
  }

  /** Whether an experiment has more than one method. */
  public boolean comparesMethods() {
    return experiments.stream()
        .anyMatch(experiment -> experiment.config().values().methods().size() > 1);
  }

  /** Names of the axes that repeat an experiment, such as its seeds. */
  public List<String> repeats() {
    return axes.stream().filter(SweepAxis::repeats).map(SweepAxis::name).toList();
  }
}
