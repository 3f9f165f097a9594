package org.modelzoo.spark.benchmark.card;

import java.io.IOException;
import org.modelzoo.network.CardRequirements;
import org.modelzoo.network.Device;
import org.modelzoo.spark.farm.GraphicsCard;
import org.modelzoo.spark.farm.NvidiaSmi;

/** Looks at the card, its driver and the libraries, before anything is loaded. */
final class Preflight {
  private Preflight() {}

  static ProofStep look(Device device) throws IOException {
    if (!device.isCard()) {
      return ProofStep.skipped("the device is the processor: there is no card to look at");
    }
    String index = Integer.toString(device.card());
    GraphicsCard card =
        new NvidiaSmi("nvidia-smi")
            .cards().stream()
                .filter(listed -> listed.hasAddress(index))
                .findFirst()
                .orElseThrow(() -> new IOException("nvidia-smi lists no card " + index));
    CardRequirements needs = CardRequirements.ofLibtorch();
    String description = "%s, driver %s".formatted(card.description(), card.driver());
    return card.problem(needs)
        .or(needs::missing)
        .map(problem -> ProofStep.failed(description + ": " + problem, card))
        .orElseGet(() -> ProofStep.passed(description + "; " + needs.library(), card));
  }
}
