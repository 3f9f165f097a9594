package org.modelzoo.spark.farm;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.modelzoo.network.Machine;
import org.modelzoo.network.NativeBackends;
import org.modelzoo.network.NativeDevices;

/**
 * What an executor that was given graphics cards computes with.
 *
 * @param backend libraries of the native operations, or why they can't be loaded
 * @param cards that the executor was given
 * @param problem why members can't train on the cards here, and what to do
 */
record DeviceReport(String backend, List<GraphicsCard> cards, Optional<String> problem) {
  private static final String CANT_BE_LOADED = "the native library can't be loaded: ";
  private static final String WHAT_CUDA_NEEDS =
      "; nd4j-cuda 11.6 needs the jars of spark-jobs/target/cuda (mvn -Pcuda package), the driver's"
          + " libcuda.so.1, the libraries of CUDA 11.6 (libcublas.so.11, libcusolver.so.11) and"
          + " libcudnn.so.8 on the executors";
  private static final String NEXT_STEP =
      "; correct it, or train on processors with cluster.gpus-per-member = 0";

  /**
   * Looks at this process; takes seconds, because it loads the native library.
   *
   * @param addresses of the cards that the executor was given
   */
  static DeviceReport here(List<String> addresses, NvidiaSmi nvidiaSmi) {
    List<GraphicsCard> cards = List.of();
    Optional<String> problem = Optional.empty();
    try {
      cards = among(nvidiaSmi.cards(), addresses);
      problem = problemOf(cards);
    } catch (IOException e) {
      problem =
          Optional.of(
              "the executor was given graphics cards, and nothing is known of them: %s; nvidia-smi of driver 510 or newer must be on the executors' PATH%s"
                  .formatted(e.getMessage(), NEXT_STEP));
    }
    // Before ND4J looks for itself: only the first who loads a library hears why it can't be
    // loaded.
    List<String> unusable = NativeBackends.unusable();
    try {
      String backend = Machine.here().backend();
      boolean cuda = NativeDevices.areUsed();
      return new DeviceReport(
          backend,
          cards,
          problem.or(() -> cuda ? Optional.empty() : Optional.of(withoutCuda(backend, unusable))));
    } catch (RuntimeException | LinkageError e) {
      String backend =
          CANT_BE_LOADED + (unusable.isEmpty() ? innermost(e) : String.join("; ", unusable));
      return new DeviceReport(
          backend, cards, problem.or(() -> Optional.of(backend + WHAT_CUDA_NEEDS + NEXT_STEP)));
    }
  }

  /** All cards where none has such an address, as with parts of a card. */
  private static List<GraphicsCard> among(List<GraphicsCard> cards, List<String> addresses) {
    List<GraphicsCard> given =
        cards.stream().filter(card -> addresses.stream().anyMatch(card::hasAddress)).toList();
    return given.isEmpty() ? cards : given;
  }

  private static Optional<String> problemOf(List<GraphicsCard> cards) {
    if (cards.isEmpty()) {
      return Optional.of(
          "the executor was given graphics cards, and nvidia-smi lists none" + NEXT_STEP);
    }
    return cards.stream()
        .filter(card -> !card.isSupported())
        .findFirst()
        .map(
            card ->
                "%s can't be used: %s; run on nodes with such cards, or train on processors with cluster.gpus-per-member = 0"
                    .formatted(card.description(), GraphicsCard.SUPPORTED));
  }

  private static String withoutCuda(String backend, List<String> unusable) {
    return unusable.isEmpty()
        ? "the executor was given graphics cards, and its backend has no use for them: %s; build with -Pcuda and give Spark the jars of spark-jobs/target/cuda (nd4j-cuda-11.6 and its natives) with --jars%s"
            .formatted(backend, NEXT_STEP)
        : CANT_BE_LOADED + String.join("; ", unusable) + WHAT_CUDA_NEEDS + NEXT_STEP;
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
