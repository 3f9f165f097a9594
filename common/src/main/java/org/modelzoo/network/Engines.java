package org.modelzoo.network;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.KebabCase;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.EngineChoice;
import org.modelzoo.config.Precision;

/**
 * The engines on the class path: those that {@code META-INF/services} lists. Loads none of their
 * libraries. Runs on driver and executors.
 */
public final class Engines {
  private static final List<Engine> ALL =
      ServiceLoader.load(Engine.class, Engines.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  private Engines() {}

  /** All of them. */
  public static List<Engine> all() {
    return ALL;
  }

  /** The engine that computes on cards: Deeplearning4j where its jars for them are, or libtorch. */
  public static Engine ofCards() {
    Engine dl4j = of(EngineChoice.DL4J);
    return dl4j.cardRequirements().hasJars() ? dl4j : of(EngineChoice.TORCH);
  }

  /**
   * The engine for networks on that device.
   *
   * @throws ModelZooException (cluster) if it can't train in that precision there, with the next
   *     step
   */
  public static Engine choose(EngineChoice choice, Device device, Precision precision) {
    Engine engine =
        switch (choice) {
          case AUTO -> automatic(device, precision);
          case DL4J, TORCH -> of(choice);
        };
    engine
        .problem(device, precision)
        .ifPresent(
            problem -> {
              throw new ModelZooException(ErrorKind.CLUSTER, problem);
            });
    return engine;
  }

  /** The engine where the choice doesn't depend on the device. */
  public static Optional<EngineChoice> settled(EngineChoice choice, Precision precision) {
    if (choice != EngineChoice.AUTO) {
      return Optional.of(choice);
    }
    return precision == Precision.FLOAT32 ? Optional.empty() : Optional.of(EngineChoice.TORCH);
  }

  /** On processors Deeplearning4j, but for precisions that it does not have. */
  private static Engine automatic(Device device, Precision precision) {
    if (device.isCard()) {
      return ofCards();
    }
    return of(precision == Precision.FLOAT32 ? EngineChoice.DL4J : EngineChoice.TORCH);
  }

  private static Engine of(EngineChoice choice) {
    String name = KebabCase.of(choice);
    return ALL.stream()
        .filter(engine -> engine.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "there is no engine %s among %s"
                        .formatted(
                            name,
                            ALL.stream().map(Engine::name).collect(Collectors.joining(", ")))));
  }
}
