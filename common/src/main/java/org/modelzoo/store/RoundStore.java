package org.modelzoo.store;

import java.util.Optional;

/** The committed rounds of a run. Runs on the driver. */
public final class RoundStore {
  private final RunDirectory run;

  public RoundStore(RunDirectory run) {
    this.run = run;
  }

  /** A round that was committed, or empty. */
  public Optional<RoundFile> committed(int round) {
    String name = name(round);
    return run.has(name)
        ? Optional.of(run.read(name, RoundFile.class, RoundFile.FORMAT_VERSION))
        : Optional.empty();
  }

  public void commit(RoundFile round) {
    run.write(name(round.round()), Json.write(round));
  }

  private static String name(int round) {
    return "rounds/round-%03d.json".formatted(round);
  }
}
