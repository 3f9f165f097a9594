package org.modelzoo.spark.job.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.modelzoo.config.SearchConfig;
import org.modelzoo.search.RungReport;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.job.MemberFailure;
import org.modelzoo.spark.job.Plans;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.training.MemberOutcome;
import org.modelzoo.training.MemberPlan;
import org.modelzoo.training.RungOutcome;
import org.modelzoo.training.RungPlan;
import org.modelzoo.training.TaskScore;

/**
 * Trials of multi-head and isolated training: every member trains over the rung as a unit of the
 * farm. Members are planned as in a run of the same configuration, from the same seeds, so that the
 * winner's training can be repeated to the bit. Lives on the driver.
 */
final class MemberTrials implements TrialTraining {
  private final SearchConfig search;
  private final RunDirectory study;
  private final Farm farm;
  private final RunListener listener;

  MemberTrials(SearchConfig search, RunDirectory study, Farm farm, RunListener listener) {
    this.search = search;
    this.study = study;
    this.farm = farm;
    this.listener = listener;
  }

  @Override
  public CompletableFuture<RungReport> start(TrialRung rung) {
    List<CompletableFuture<Ended>> members = new ArrayList<>();
    for (MemberPlan plan : plans(rung)) {
      RungPlan part = new RungPlan(plan, rung.from(), rung.until(), 1000 * search.trialSeconds());
      RungUnit unit = new RungUnit(rung.study(), study.uri(), rung.trialName(), rung.name(), part);
      members.add(farm.submit(unit).thenApply(outcome -> new Ended(unit, outcome)));
    }
    return CompletableFuture.allOf(members.toArray(CompletableFuture[]::new))
        .thenApply(all -> report(rung, members.stream().map(CompletableFuture::join).toList()));
  }

  private List<MemberPlan> plans(TrialRung rung) {
    return Plans.ofFirstRound(
        rung.config().values(), rung.method(), List.of(TrialObjective.split(search.objective())));
  }

  private RungReport report(TrialRung rung, List<Ended> members) {
    long images = members.stream().mapToLong(member -> member.outcome().images()).sum();
    double seconds = members.stream().mapToDouble(it -> it.outcome().seconds()).max().orElseThrow();
    List<TaskScore> scores = new ArrayList<>();
    // What a member came to by itself goes before what befell another one.
    for (Ended member : members.stream().sorted(Comparator.comparingInt(Ended::rank)).toList()) {
      if (member.outcome() instanceof RungOutcome.Finished finished) {
        scores.addAll(finished.scores());
        finished.remarks().forEach(it -> listener.on(new RunEvent.Remark(rung.trialName(), it)));
      } else if (member.outcome() instanceof RungOutcome.OutOfTime) {
        return RungReport.cancelled(images, seconds, timeIsUp(search));
      } else if (member.outcome() instanceof RungOutcome.Ended ended) {
        if (ended.why() instanceof MemberOutcome.Diverged diverged) {
          return RungReport.diverged(images, seconds, diverged.message());
        }
        throw MemberFailure.of(member.unit().id(), ended.why());
      }
    }
    return RungReport.finished(TrialObjective.mean(search.objective(), scores), images, seconds);
  }

  static String timeIsUp(SearchConfig search) {
    return "trained for %d s, search.trial-time-limit".formatted(search.trialSeconds());
  }

  private record Ended(RungUnit unit, RungOutcome outcome) {
    int rank() {
      if (outcome instanceof RungOutcome.Ended ended) {
        return ended.why() instanceof MemberOutcome.Diverged ? 0 : 2;
      }
      return outcome instanceof RungOutcome.OutOfTime ? 1 : 3;
    }
  }
}
