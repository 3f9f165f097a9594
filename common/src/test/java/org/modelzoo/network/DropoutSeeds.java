package org.modelzoo.network;

import java.util.Arrays;
import org.modelzoo.base.Seeds;
import org.modelzoo.network.dl4j.SgdTrainer;

/** Seeds the dropout of a trainer without its network. */
public final class DropoutSeeds {
  private DropoutSeeds() {}

  /** As {@link Network#seedDropout} does. */
  public static void seed(SgdTrainer trainer, long seed) {
    long[] state = trainer.dropoutState();
    Arrays.setAll(state, layer -> Seeds.derive(seed, "dropout", layer));
    trainer.restoreDropout(state);
  }
}
