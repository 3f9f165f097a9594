package org.modelzoo.run;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.modelzoo.base.KebabCase;
import org.modelzoo.boosting.MemberTasks;
import org.modelzoo.boosting.RoundPlan;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.Method;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.ZooConfig.Mode;
import org.modelzoo.store.DamagedFileException;
import org.modelzoo.store.FoundRecord;
import org.modelzoo.store.MemberStore;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.RunDirectory;

/**
 * Brings rounds of format versions 1 and 2, which store neither head weights nor scores, into the
 * present format: works them out from the members' predictions and the run's configuration. Rounds
 * come in their order, from the first one on.
 */
final class FormerRounds {
  private final MemberStore store;
  private final RoundScorer scorer;
  private final boolean continual;

  /**
   * Of a run that a former program started.
   *
   * @throws org.modelzoo.base.ModelZooException if its identity or configuration can't be read
   */
  FormerRounds(RunDirectory run) {
    String name = run.identity().orElseThrow().method();
    Method method =
        Arrays.stream(Method.values())
            .filter(it -> KebabCase.of(it).equals(name))
            .findFirst()
            .orElseThrow();
    ModelZooConfig config =
        ConfigLoader.parse(run.configuration(), run.path("config.conf").toString()).values();
    this.store = new MemberStore(run);
    this.scorer = new RoundScorer(config, method);
    this.continual = method == Method.ZOO && config.zoo().mode() == Mode.CONTINUAL;
  }

  /**
   * The next round in the present format.
   *
   * @throws DamagedFileException if a member's predictions are damaged or missing
   */
  Round scored(Round former) throws DamagedFileException {
    RoundPlan plan = former.plan(continual ? OptionalInt.of(former.round()) : OptionalInt.empty());
    Map<MemberTasks, Predictions> predictions = new HashMap<>();
    for (int i = 0; i < plan.members().size(); i++) {
      Round.Member member = former.members().get(i);
      if (!member.diverged()) {
        predictions.put(plan.members().get(i), predictions(member.id()));
      }
    }
    int seen = continual ? former.round() + 1 : former.weights().size();
    Round scored = scorer.score(plan, predictions, seen);
    return former.scored(scored.members(), scored.scores());
  }

  private Predictions predictions(String id) throws DamagedFileException {
    FoundRecord<Predictions> found = store.findPredictions(id);
    if (found.record().isEmpty()) {
      throw new DamagedFileException(
          "a committed member", found.damage().orElse(id + " is missing"));
    }
    return found.record().get();
  }
}
