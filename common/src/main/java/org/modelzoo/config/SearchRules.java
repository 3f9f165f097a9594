package org.modelzoo.config;

import com.typesafe.config.ConfigValueFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.modelzoo.base.NearestName;

/**
 * The rules between keys of {@code search} and the rest. Without a space nothing is searched, and
 * none binds.
 */
final class SearchRules {
  /**
   * Where a study stands and what it is called is no trial's to change, nor by which images it is
   * judged.
   */
  private static final List<String> NOT_SEARCHED =
      List.of(
          "search.",
          "output.",
          "trackers.",
          "cluster.",
          "experiment.name",
          "experiment.baselines",
          "data.validation-share",
          "training.data-parallel.");

  private final ModelZooConfig config;
  private final SearchConfig search;
  private final Section root;
  private final Problems problems;

  SearchRules(ModelZooConfig config, Section root, Problems problems) {
    this.config = config;
    this.search = config.search();
    this.root = root;
    this.problems = problems;
  }

  void check() {
    if (search.space().isEmpty() || problems.concern("search")) {
      return;
    }
    checkMethod();
    checkKeys();
    checkConditions();
    checkQueue();
    checkObjective();
    checkPromotion();
    checkResource();
    checkOneExecutor();
  }

  private void checkMethod() {
    Method method = config.experiment().method();
    if (method.isSequential() || method.followsZoo()) {
      root.child("experiment")
          .problem("method", "must be zoo, isolated or multi-head in a search; choose one of them");
    }
  }

  private void checkKeys() {
    Set<String> known = new TreeSet<>(keysOfExperiment());
    for (ParameterConfig parameter : search.space()) {
      String key = parameter.key();
      if (!known.contains(key) && !problems.concern(key)) {
        problem(
            "space",
            key,
            NearestName.amongKeys(known, key)
                .map(nearest -> "not a key that can be searched; did you mean " + nearest + "?")
                .orElse("not a key that can be searched; see reference.conf for all keys"));
      }
    }
  }

  private Set<String> keysOfExperiment() {
    Map<String, Object> experiment = new TreeMap<>(root.values());
    experiment.remove("search");
    Set<String> keys =
        new HashSet<>(HoconText.flatten(ConfigValueFactory.fromMap(experiment)).keySet());
    keys.removeIf(key -> NOT_SEARCHED.stream().anyMatch(key::startsWith));
    return keys;
  }

  private void checkConditions() {
    Map<String, ParameterConfig> parameters = new TreeMap<>();
    search.space().forEach(parameter -> parameters.put(parameter.key(), parameter));
    for (ParameterConfig parameter : search.space()) {
      for (String other : parameter.when().keySet()) {
        if (!parameters.containsKey(other)) {
          problem(
              "space",
              parameter.key(),
              "depends on " + other + ", which the space does not hold; add it, or remove when");
        } else if (dependsOn(other, parameter.key(), parameters, new HashSet<>())) {
          problem(
              "space",
              parameter.key(),
              "depends on itself by way of " + other + "; remove one of the conditions");
        }
      }
    }
  }

  private static boolean dependsOn(
      String key, String sought, Map<String, ParameterConfig> parameters, Set<String> seen) {
    return key.equals(sought)
        || (seen.add(key)
            && parameters.containsKey(key)
            && parameters.get(key).when().keySet().stream()
                .anyMatch(next -> dependsOn(next, sought, parameters, seen)));
  }

  private void checkQueue() {
    Set<String> keys = new TreeSet<>();
    search.space().forEach(parameter -> keys.add(parameter.key()));
    for (Map<String, Object> known : search.queue()) {
      for (String key : known.keySet()) {
        if (!keys.contains(key)) {
          root.child("search")
              .problem(
                  "queue", "must hold keys of search.space only, not " + key + "; remove it there");
        }
      }
    }
  }

  private void checkObjective() {
    if (search.objective() != SearchConfig.Objective.TEST
        && !problems.concern("data.validation-share")
        && config.data().validationShare() == 0) {
      root.child("search")
          .problem(
              "objective",
              "needs data.validation-share above 0; raise that, or set search.objective = test");
    }
  }

  private void checkPromotion() {
    SchedulerConfig scheduler = search.scheduler();
    if (scheduler.promotion() == SchedulerConfig.Promotion.STOP
        && scheduler.method() != SchedulerConfig.Method.ASHA) {
      problem(
          "scheduler",
          "promotion",
          "must be pause unless search.scheduler.method = asha; set one of the two");
    }
  }

  private void checkResource() {
    SchedulerConfig scheduler = search.scheduler();
    if (scheduler.method() == SchedulerConfig.Method.NONE
        || problems.concern("experiment.method", "zoo.mode")) {
      return;
    }
    TrialResource resource = TrialResource.of(config);
    boolean zoo = config.experiment().method() == Method.ZOO;
    for (String key : List.of("experiment.method", zoo ? "zoo.mode" : "", resource.key())) {
      if (search.space().stream().anyMatch(it -> it.key().equals(key))) {
        problem(
            "space",
            key,
            "must not be searched where a scheduler decides on %s; remove it, or set search.scheduler.method = none"
                .formatted(resource.unit()));
      }
    }
    if (zoo && config.zoo().mode() == ZooConfig.Mode.CONTINUAL) {
      problem(
          "scheduler",
          "method",
          "must be none for continual zoos, whose first rounds know the first tasks only; set it to none, or zoo.mode to multi-task");
    } else if (!problems.concern(resource.key())) {
      checkRungs(resource);
    }
  }

  private void checkRungs(TrialResource resource) {
    SchedulerConfig scheduler = search.scheduler();
    if (scheduler.gracePeriod() > resource.maximum()) {
      problem(
          "scheduler",
          "grace-period",
          "must be at most %s, %d; lower it".formatted(resource.key(), resource.maximum()));
    } else if (scheduler.method() == SchedulerConfig.Method.ASHA
        && scheduler.brackets() > rungs(resource.maximum())) {
      problem(
          "scheduler",
          "brackets",
          "must be at most the number of rungs, " + rungs(resource.maximum()) + "; lower it");
    }
  }

  /** At grace-period * reduction-factor^k below the maximum, and there. */
  private int rungs(int maximum) {
    int rungs = 1;
    long resource = search.scheduler().gracePeriod();
    while (resource < maximum) {
      resource *= search.scheduler().reductionFactor();
      rungs++;
    }
    return rungs;
  }

  private void checkOneExecutor() {
    if (config.experiment().method() != Method.ZOO
        && !problems.concern("experiment.method", "training.data-parallel.workers")
        && config.training().dataParallel().isOn()) {
      root.child("training")
          .child("data-parallel")
          .problem(
              "workers",
              "must be 0 in a search, which trains each trial on one executor; set it to 0");
    }
  }

  private void problem(String section, String name, String rule) {
    root.child("search").child(section).problem(name, rule);
  }
}
