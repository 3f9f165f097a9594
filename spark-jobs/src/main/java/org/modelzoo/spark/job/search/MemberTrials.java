package org.modelzoo.spark.job.search;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.SearchConfig;
import org.modelzoo.config.TrialResource;
import org.modelzoo.search.RungOutcome;
import org.modelzoo.search.Trial;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.job.MemberFailure;
import org.modelzoo.spark.job.Plans;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.training.MemberOutcome;
import org.modelzoo.training.PartialTraining;

/**
 * Trials of multi-head and isolated training: every member trains over the rung as a unit of the
 * farm. Members are planned as in a run of the same configuration, from the same seeds, so that the
 * winner's training can be repeated to the bit. Lives on the driver.
 */
final class MemberTrials {
  private final SearchConfig search;
  private final TrialResource resource;
  private final RunDirectory study;
  private final Farm farm;
  private final RunListener listener;

  MemberTrials(ModelZooConfig experiment, RunDirectory study, Farm farm, RunListener listener) {
    this.search = experiment.search();
    this.resource = TrialResource.of(experiment);
    this.study = study;
    this.farm = farm;
    this.listener = listener;
  }

  /**
   * Starts a trial's rung, and doesn't wait for it.
   *
   * @param config the trial's
   * @return fails with a {@link org.modelzoo.base.ModelZooException} where the rung ended for
   *     reasons that are not the trial's
   */
  CompletableFuture<RungOutcome> start(Trial trial, LoadedConfig config) {
    List<RungUnit> units = units(trial, config.values());
    List<CompletableFuture<PartialTraining.Result>> members =
        units.stream().map(farm::submit).toList();
    return CompletableFuture.allOf(members.toArray(CompletableFuture[]::new))
        .thenApply(
            all -> outcome(trial, units, members.stream().map(CompletableFuture::join).toList()));
  }

  private List<RungUnit> units(Trial trial, ModelZooConfig config) {
    int until = resource.until(trial.rung().to(), config);
    return Plans.ofFirstRound(
            config, config.experiment().method(), List.of(TrialObjective.split(search.objective())))
        .stream()
        .map(
            member ->
                new PartialTraining(
                    member, trial.rung().from(), until, 1000 * search.trialSeconds()))
        .map(
            training ->
                new RungUnit(
                    config.experiment().name(),
                    study.uri(),
                    trial.name(),
                    trial.rung().number(),
                    trial.attempt(),
                    training))
        .toList();
  }

  /** What a member came to by itself goes before what befell another one. */
  private RungOutcome outcome(
      Trial trial, List<RungUnit> units, List<PartialTraining.Result> members) {
    long images = members.stream().mapToLong(PartialTraining.Result::images).sum();
    double seconds =
        members.stream().mapToDouble(PartialTraining.Result::seconds).max().orElseThrow();
    for (PartialTraining.Result member : members) {
      if (member.outcome() instanceof MemberOutcome.Diverged diverged) {
        return RungOutcome.diverged(images, seconds, diverged.message());
      }
    }
    if (members.stream().anyMatch(it -> it.outcome() instanceof MemberOutcome.OutOfTime)) {
      return RungOutcome.cancelled(images, seconds, timeIsUp(search));
    }
    for (int member = 0; member < units.size(); member++) {
      if (!(members.get(member).outcome() instanceof MemberOutcome.Completed completed)) {
        throw MemberFailure.of(units.get(member).id(), members.get(member).outcome());
      }
      completed.remarks().forEach(it -> listener.on(new RunEvent.Remark(trial.name(), it)));
    }
    return RungOutcome.finished(
        TrialObjective.mean(
            search.objective(), members.stream().flatMap(it -> it.scores().stream()).toList()),
        images,
        seconds);
  }

  static String timeIsUp(SearchConfig search) {
    return "trained for %d s, search.trial-time-limit".formatted(search.trialSeconds());
  }
}
