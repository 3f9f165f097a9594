package org.modelzoo.benchmark;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.modelzoo.base.KebabCase;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.EngineChoice;
import org.modelzoo.config.ImageShape;
import org.modelzoo.config.Precision;
import org.modelzoo.network.Device;
import org.modelzoo.network.Engine;
import org.modelzoo.network.Engines;
import org.modelzoo.network.NetworkSpec;
import org.modelzoo.training.MemberTraining;

/**
 * One thing to measure, in a JVM of its own.
 *
 * @param network of every member
 * @param batch images of a step
 * @param members at work at the same time, each on a thread of its own
 * @param seconds of measuring, after the warm-up
 * @param precision of the steps
 * @param device of all members, with the native threads of each
 */
public record BenchmarkCase(
    BenchmarkKind kind,
    NetworkSpec network,
    int batch,
    int members,
    int seconds,
    EngineChoice engine,
    Precision precision,
    Device device) {
  private static final int HEADS = 5;
  private static final int CLASSES = 5;
  private static final ImageShape IMAGES = new ImageShape(32, 32, 3);

  /** A network as members on Coarse-CIFAR100 have it: five heads of five classes, 32×32×3. */
  public static NetworkSpec member(String network) {
    double dropout = ConfigLoader.load(List.of(), List.of()).values().network().dropout();
    return new NetworkSpec(network, dropout, IMAGES, Collections.nCopies(HEADS, CLASSES));
  }

  /** Images of a step in the published settings of a network; 64 for evaluation, as in a run. */
  public static int usualBatch(BenchmarkKind kind, String network) {
    if (kind == BenchmarkKind.EVALUATION) {
      return MemberTraining.EVALUATION_BATCH;
    }
    return network.startsWith("wrn-") ? 16 : 32;
  }

  /** Native threads of each member. */
  public int threads() {
    return device.threads();
  }

  /**
   * The engine that the case asks for. Loads its library.
   *
   * @throws org.modelzoo.base.ModelZooException (cluster) if it can't do that here
   */
  Engine chosenEngine() {
    return Engines.choose(engine, device, precision);
  }

  /** The case as words for a command line. */
  List<String> arguments() {
    ImageShape shape = network.input();
    return List.of(
        kind.name(),
        network.name(),
        Double.toString(network.dropout()),
        shape.height() + "," + shape.width() + "," + shape.channels(),
        network.headSizes().stream().map(Object::toString).collect(Collectors.joining(",")),
        Integer.toString(batch),
        Integer.toString(members),
        Integer.toString(seconds),
        engine.name(),
        precision.name(),
        device.toString(),
        Integer.toString(threads()));
  }

  /** The case that {@link #arguments} made words of. */
  static BenchmarkCase parse(List<String> arguments) {
    List<Integer> shape = numbers(arguments.get(3));
    return new BenchmarkCase(
        BenchmarkKind.valueOf(arguments.get(0)),
        new NetworkSpec(
            arguments.get(1),
            Double.parseDouble(arguments.get(2)),
            new ImageShape(shape.get(0), shape.get(1), shape.get(2)),
            numbers(arguments.get(4))),
        Integer.parseInt(arguments.get(5)),
        Integer.parseInt(arguments.get(6)),
        Integer.parseInt(arguments.get(7)),
        EngineChoice.valueOf(arguments.get(8)),
        Precision.valueOf(arguments.get(9)),
        Device.of(arguments.get(10), Integer.parseInt(arguments.get(11))));
  }

  private static List<Integer> numbers(String text) {
    return Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
  }

  /** For people. */
  @Override
  public String toString() {
    return "%s of %s, batch %d, %d at once, threads each: %d; engine %s, %s on %s"
        .formatted(
            KebabCase.of(kind),
            network.name(),
            batch,
            members,
            threads(),
            KebabCase.of(engine),
            KebabCase.of(precision),
            device);
  }
}
