package org.modelzoo.spark.job.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.modelzoo.base.KebabCase;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.SchedulerConfig;
import org.modelzoo.config.SearchConfig;
import org.modelzoo.config.TrialResource;
import org.modelzoo.report.TextTable;
import org.modelzoo.search.Study;
import org.modelzoo.search.StudySettings;
import org.modelzoo.search.space.Condition;
import org.modelzoo.search.space.Parameter;
import org.modelzoo.spark.job.RunEstimate;

/**
 * What a search has to do and what it may take, before anything is trained. Made on the driver.
 *
 * @param study as far as it is; empty where there is none
 */
public record SearchPlan(ModelZooConfig config, StudySettings settings, Optional<Study> study) {
  /** The plan of a configuration, whatever there is of its study. */
  public static SearchPlan of(ModelZooConfig config) {
    int maximum = TrialResource.of(config).maximum();
    return new SearchPlan(
        config,
        StudySettings.of(config.search(), config.experiment().seed(), maximum),
        Optional.empty());
  }

  /** As text for a terminal. */
  public String text() {
    SearchConfig search = config.search();
    List<Parameter> parameters = settings.sampler().space().parameters();
    boolean conditional = parameters.stream().anyMatch(it -> !it.conditions().isEmpty());
    TextTable space =
        new TextTable(
            3,
            conditional ? List.of("searched", "values", "where") : List.of("searched", "values"));
    for (Parameter parameter : parameters) {
      List<String> row = List.of(parameter.name(), parameter.domain().describe());
      space.add(conditional ? List.of(row.get(0), row.get(1), conditions(parameter)) : row);
    }
    StringBuilder text = new StringBuilder(space.toString()).append('\n');
    line(text, "objective", KebabCase.of(search.objective()) + ", mean over the tasks");
    line(text, "trials", trials());
    line(text, "sampler", KebabCase.of(search.sampler().method()));
    line(text, "scheduler", scheduler());
    line(text, "images to train", images());
    line(text, "limits", limits());
    study.ifPresent(known -> line(text, "so far", soFar(known)));
    return text.toString();
  }

  private static String conditions(Parameter parameter) {
    return parameter.conditions().stream().map(SearchPlan::text).collect(Collectors.joining(", "));
  }

  private static String text(Condition condition) {
    return condition.parameter()
        + " = "
        + condition.values().stream().map(Object::toString).collect(Collectors.joining(" or "));
  }

  private String trials() {
    long most =
        Math.min(
            config.search().trials(),
            (long) config.search().queue().size() + settings.sampler().limit());
    return "%,d%s of method %s"
        .formatted(
            most,
            config.search().queue().isEmpty()
                ? ""
                : ", %d of them known,".formatted(config.search().queue().size()),
            KebabCase.of(config.experiment().method()));
  }

  private String scheduler() {
    TrialResource resource = TrialResource.of(config);
    SchedulerConfig scheduler = config.search().scheduler();
    String method = KebabCase.of(scheduler.method());
    return "%s, rungs at %s %s"
        .formatted(
            scheduler.method() == SchedulerConfig.Method.ASHA
                ? method + ", promotion " + KebabCase.of(scheduler.promotion())
                : method,
            settings.scheduler().resources().stream()
                .map(Object::toString)
                .collect(Collectors.joining(", ")),
            resource.unit());
  }

  private String images() {
    OptionalLong trial = RunEstimate.of(config, config.experiment().method()).images();
    if (trial.isEmpty()) {
      return "known once the files are read";
    }
    return "%,d in a whole trial of the values in the file, so at most about %,d"
        .formatted(trial.getAsLong(), trial.getAsLong() * config.search().trials());
  }

  private String limits() {
    SearchConfig search = config.search();
    List<String> limits = new ArrayList<>();
    if (search.budgetSeconds() > 0) {
      limits.add("%,d s".formatted(search.budgetSeconds()));
    }
    if (search.budgetImages() > 0) {
      limits.add("%,d images".formatted(search.budgetImages()));
    }
    search.targetIfAny().ifPresent(target -> limits.add("until " + target));
    if (search.trialSeconds() > 0) {
      limits.add("%,d s a trial".formatted(search.trialSeconds()));
    }
    return limits.isEmpty() ? "none but the trials" : String.join(", ", limits);
  }

  private static String soFar(Study study) {
    return study.counts().entrySet().stream()
        .filter(count -> count.getValue() > 0)
        .map(SearchPlan::count)
        .collect(Collectors.joining(", "));
  }

  private static String count(Map.Entry<? extends Enum<?>, Integer> count) {
    return "%,d %s".formatted(count.getValue(), KebabCase.of(count.getKey()));
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("%-16s %s%n".formatted(name, value));
  }
}
