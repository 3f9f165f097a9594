package org.modelzoo.run;

import java.util.Locale;
import java.util.Optional;
import org.modelzoo.store.FoundRecord;
import org.modelzoo.store.RunDirectory;

/** The committed rounds of a run. Runs on the driver. */
public final class RoundStore {
  private final RunDirectory run;

  public RoundStore(RunDirectory run) {
    this.run = run;
  }

  /** A round that was committed, or empty. */
  public Optional<Round> committed(int round) {
    return isCommitted(round)
        ? Optional.of(run.read(name(round), Round.class, Round.FORMAT_VERSION))
        : Optional.empty();
  }

  /** As {@link #committed}, but a damaged file is reported and no error. */
  public FoundRecord<Round> find(int round) {
    return run.find(name(round), Round.class, Round.FORMAT_VERSION);
  }

  /** Whether there is such a round; looks no further than its name. */
  public boolean isCommitted(int round) {
    return run.has(name(round));
  }

  /** Commits a round: it survives a power cut when this returns. */
  public void commit(Round round) {
    run.writeDurably(name(round.round()), round);
  }

  private static String name(int round) {
    return String.format(Locale.ROOT, "rounds/round-%03d.json", round);
  }
}
