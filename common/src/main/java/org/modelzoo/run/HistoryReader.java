package org.modelzoo.run;

import java.util.Optional;
import java.util.function.Consumer;
import org.modelzoo.store.FoundRecord;
import org.modelzoo.store.RunDirectory;

/** Reads the committed rounds of a run up to the first damaged one. */
final class HistoryReader {
  private final RunDirectory run;
  private final RoundStore store;
  private final Consumer<String> damages;
  private FormerRounds former;

  HistoryReader(RunDirectory run, Consumer<String> damages) {
    this.run = run;
    this.store = new RoundStore(run);
    this.damages = damages;
  }

  RunHistory read() {
    RunHistory history = RunHistory.EMPTY;
    for (Optional<Round> next = next(history); next.isPresent(); next = next(history)) {
      try {
        history = history.with(next.get());
      } catch (IllegalArgumentException e) {
        damages.accept("round %d is damaged: %s".formatted(next.get().round() + 1, e.getMessage()));
        return history;
      }
    }
    return history;
  }

  private Optional<Round> next(RunHistory history) {
    FoundRecord<Round> found = store.find(history.rounds().size());
    found.damage().ifPresent(damages);
    return found.record().flatMap(round -> round.isFormer() ? scored(round) : Optional.of(round));
  }

  private Optional<Round> scored(Round round) {
    FoundRecord<Round> scored =
        run.look(
            () -> {
              if (former == null) {
                former = new FormerRounds(run);
              }
              return former.scored(round);
            });
    scored.damage().ifPresent(damages);
    return scored.record();
  }
}
