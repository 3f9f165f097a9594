package org.modelzoo.benchmark;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.modelzoo.base.KebabCase;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.ImageShape;
import org.modelzoo.network.NetworkSpec;
import org.modelzoo.training.MemberTraining;

/**
 * One thing to measure, in a JVM of its own.
 *
 * @param network of every member
 * @param batch images of a step
 * @param members at work at the same time, each on a thread of its own
 * @param threads native threads of each member
 * @param seconds of measuring, after the warm-up
 */
public record BenchmarkCase(
    BenchmarkKind kind, NetworkSpec network, int batch, int members, int threads, int seconds) {
  private static final int HEADS = 5;
  private static final int CLASSES = 5;
  private static final ImageShape IMAGES = new ImageShape(32, 32, 3);

  /** A network as members on Coarse-CIFAR100 have it: five heads of five classes, 32×32×3. */
  public static NetworkSpec member(String network) {
    double dropout = ConfigLoader.load(List.of(), List.of()).values().network().dropout();
    return new NetworkSpec(network, dropout, IMAGES, Collections.nCopies(HEADS, CLASSES));
  }

  /** Images of a step in the published settings of a network; 256 for evaluation, as in a run. */
  public static int usualBatch(BenchmarkKind kind, String network) {
    if (kind == BenchmarkKind.EVALUATION) {
      return MemberTraining.EVALUATION_BATCH;
    }
    return network.startsWith("wrn-") ? 16 : 32;
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
        Integer.toString(threads),
        Integer.toString(seconds));
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
        Integer.parseInt(arguments.get(8)));
  }

  private static List<Integer> numbers(String text) {
    return Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
  }

  /** For people. */
  @Override
  public String toString() {
    return "%s of %s, batch %d, %d at once, threads each: %d"
        .formatted(KebabCase.of(kind), network.name(), batch, members, threads);
  }
}
