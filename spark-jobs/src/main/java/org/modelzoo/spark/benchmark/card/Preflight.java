package org.modelzoo.spark.benchmark.card;

import java.util.List;
import java.util.Optional;
import org.modelzoo.network.CardRequirements;
import org.modelzoo.network.Device;

/** Looks at the card, its driver and the libraries, before anything is loaded. */
final class Preflight {
  private Preflight() {}

  static ProofStep look(Device device) {
    if (!device.isCard()) {
      return ProofStep.skipped("the device is the processor: there is no card to look at");
    }
    String card = Nvidia.ask(device, "name,compute_cap,driver_version,memory.total");
    String[] fields = card.split(", *");
    CardRequirements needs = CardRequirements.ofLibtorch();
    String description =
        "%s, compute capability %s, driver %s, %s MB"
            .formatted(fields[0], fields[1], fields[2], fields[3]);
    return problem(fields, needs)
        .map(problem -> ProofStep.failed(description + ": " + problem, List.of(fields)))
        .orElseGet(() -> ProofStep.passed(description + "; " + needs.library(), List.of(fields)));
  }

  private static Optional<String> problem(String[] card, CardRequirements needs) {
    String[] capability = card[1].split("\\.", -1);
    if (!needs.hasCodeFor(Integer.parseInt(capability[0]), Integer.parseInt(capability[1]))) {
      return Optional.of(
          "%s has code for %s; %s".formatted(needs.library(), needs.cards(), needs.otherwise()));
    }
    if (Integer.parseInt(card[2].split("\\.", -1)[0]) < needs.driver()) {
      return Optional.of(
          "%s needs a driver of the series %d or newer; install one, or %s"
              .formatted(needs.library(), needs.driver(), needs.otherwise()));
    }
    return needs.missing();
  }
}
