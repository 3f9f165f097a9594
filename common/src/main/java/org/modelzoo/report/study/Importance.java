package org.modelzoo.report.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.modelzoo.search.Trial;
import org.modelzoo.search.space.Choice;
import org.modelzoo.search.space.Parameter;

/**
 * How much of the order of the trials a parameter explains by itself: ε² of an analysis of variance
 * of the ranks (Kruskal and Wallis; Kelley, 1935). Trials are put into groups by the parameter, a
 * group for each choice or quarters of its values;
 *
 * <p>ε² = (SS_between − (k − 1) MS_within) / SS_total, at least 0
 *
 * <p>over the ranks of their values, with k groups. It sees no interactions, and only where the
 * sampler looked. Diverged trials are the worst.
 */
final class Importance {
  private static final int QUARTERS = 4;

  /** Fewer trials than this say nothing. */
  private static final int FEWEST = 12;

  private final ReportedStudy study;
  private final int resource;
  private final List<Trial> trials;

  private Importance(ReportedStudy study, int resource, List<Trial> trials) {
    this.study = study;
    this.resource = resource;
    this.trials = trials;
  }

  /**
   * Over the trials at the rung that most trials have finished; of several the highest. Empty where
   * there are too few.
   */
  static Optional<Importance> of(ReportedStudy study) {
    TreeMap<Integer, List<Trial>> byResource = new TreeMap<>();
    for (Trial trial : study.trials()) {
      trial
          .outcomes()
          .forEach(
              (resource, outcome) -> {
                if (outcome.loss(study.direction()).isPresent()) {
                  byResource.computeIfAbsent(resource, key -> new ArrayList<>()).add(trial);
                }
              });
    }
    return byResource.entrySet().stream()
        .filter(rung -> rung.getValue().size() >= FEWEST)
        .max(
            Comparator.<Map.Entry<Integer, List<Trial>>>comparingInt(rung -> rung.getValue().size())
                .thenComparing(Map.Entry::getKey))
        .map(rung -> new Importance(study, rung.getKey(), rung.getValue()));
  }

  /** Of the rung. */
  int resource() {
    return resource;
  }

  int trials() {
    return trials.size();
  }

  /** By parameter, the most important one first. */
  Map<String, Double> shares() {
    double[] ranks = new NaturalRanking().rank(trials.stream().mapToDouble(this::loss).toArray());
    Map<String, Double> shares = new LinkedHashMap<>();
    for (Parameter parameter : study.space().searched()) {
      shares.put(parameter.name(), share(groups(parameter, ranks)));
    }
    Map<String, Double> sorted = new LinkedHashMap<>();
    shares.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  private double loss(Trial trial) {
    return trial.outcomes().get(resource).loss(study.direction()).orElseThrow();
  }

  /** Ranks by group; trials for which the parameter is not active are a group of their own. */
  private List<List<Double>> groups(Parameter parameter, double[] ranks) {
    Map<Object, List<Double>> groups = new LinkedHashMap<>();
    List<Integer> ordered = new ArrayList<>();
    for (int i = 0; i < trials.size(); i++) {
      Object value = trials.get(i).parameters().get(parameter.name());
      if (value == null || parameter.domain() instanceof Choice) {
        groups.computeIfAbsent(String.valueOf(value), key -> new ArrayList<>()).add(ranks[i]);
      } else {
        ordered.add(i);
      }
    }
    ordered.sort(
        Comparator.comparingDouble(
            i -> ((Number) trials.get(i).parameters().get(parameter.name())).doubleValue()));
    for (int place = 0; place < ordered.size(); place++) {
      int quarter = place * QUARTERS / ordered.size();
      groups.computeIfAbsent(quarter, key -> new ArrayList<>()).add(ranks[ordered.get(place)]);
    }
    return List.copyOf(groups.values());
  }

  static double share(List<List<Double>> groups) {
    double[] all = groups.stream().flatMap(List::stream).mapToDouble(it -> it).toArray();
    double mean = Arrays.stream(all).average().orElse(0);
    double total = Arrays.stream(all).map(it -> (it - mean) * (it - mean)).sum();
    double between =
        groups.stream()
            .mapToDouble(
                group -> {
                  double of = group.stream().mapToDouble(it -> it).average().orElse(mean);
                  return group.size() * (of - mean) * (of - mean);
                })
            .sum();
    int free = all.length - groups.size();
    if (total == 0 || free < 1) {
      return 0;
    }
    double within = (total - between) / free;
    return Math.max(0, (between - (groups.size() - 1) * within) / total);
  }
}
