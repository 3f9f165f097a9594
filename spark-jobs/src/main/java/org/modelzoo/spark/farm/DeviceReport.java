package org.modelzoo.spark.farm;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.modelzoo.config.Precision;
import org.modelzoo.network.CardRequirements;
import org.modelzoo.network.Device;
import org.modelzoo.network.Engine;
import org.modelzoo.network.Engines;

/**
 * What an executor that was given graphics cards computes with.
 *
 * @param backend libraries of the native operations, or why they can't be loaded
 * @param cards that the executor was given
 * @param problem why members can't train on the cards here, and what to do
 */
record DeviceReport(String backend, List<GraphicsCard> cards, Optional<String> problem) {
  private static final String CANT_BE_LOADED = "the native library can't be loaded: ";
  private static final String NEXT_STEP =
      "; correct it, or train on processors with cluster.gpus-per-member = 0";

  /**
   * Looks at this process; takes seconds, because it loads the native library.
   *
   * @param addresses of the cards that the executor was given
   * @param needs of the library that members train with
   * @param library loads it and says what it computes with; throws where it can't use the cards
   */
  static DeviceReport here(
      List<String> addresses,
      NvidiaSmi nvidiaSmi,
      CardRequirements needs,
      Supplier<String> library) {
    List<GraphicsCard> cards = List.of();
    Optional<String> problem;
    try {
      cards = among(nvidiaSmi.cards(), addresses);
      problem = problemOf(cards, needs);
    } catch (IOException e) {
      problem =
          Optional.of(
              "the executor was given graphics cards, and nothing is known of them: %s; nvidia-smi of driver %d or newer must be on the executors' PATH%s"
                  .formatted(e.getMessage(), needs.driver(), NEXT_STEP));
    }
    problem = problem.or(() -> needs.missing().map(missing -> missing + NEXT_STEP));
    try {
      return new DeviceReport(library.get(), cards, problem);
    } catch (RuntimeException | LinkageError e) {
      String why = CANT_BE_LOADED + innermost(e);
      return new DeviceReport(why, cards, problem.or(() -> Optional.of(why + NEXT_STEP)));
    }
  }

  /** Of the engine that computes on cards. */
  static DeviceReport here(List<String> addresses, NvidiaSmi nvidiaSmi) {
    Engine engine = Engines.ofCards();
    Device card = new Device(0, 1);
    return here(
        addresses,
        nvidiaSmi,
        engine.cardRequirements(),
        () -> {
          engine
              .problem(card, Precision.FLOAT32)
              .ifPresent(
                  problem -> {
                    throw new IllegalStateException(problem);
                  });
          return engine.description(card);
        });
  }

  /** All cards where none has such an address, as with parts of a card. */
  private static List<GraphicsCard> among(List<GraphicsCard> cards, List<String> addresses) {
    List<GraphicsCard> given =
        cards.stream().filter(card -> addresses.stream().anyMatch(card::hasAddress)).toList();
    return given.isEmpty() ? cards : given;
  }

  private static Optional<String> problemOf(List<GraphicsCard> cards, CardRequirements needs) {
    return cards.isEmpty()
        ? Optional.of(
            "the executor was given graphics cards, and nvidia-smi lists none" + NEXT_STEP)
        : cards.stream().flatMap(card -> card.problem(needs).stream()).findFirst();
  }

  private static Throwable innermost(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** One line for people. */
  String description() {
    return cards.isEmpty()
        ? backend
        : backend
            + "; "
            + cards.stream().map(GraphicsCard::description).collect(Collectors.joining("; "));
  }
}
