package org.modelzoo.network;

import java.util.Map;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ImageShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Builds the networks of members by name: {@code small-conv}, or {@code wrn-<depth>-<width>} such
 * as {@code wrn-16-4}. Input is NHWC [n, height, width, channels], output the logits [n, outputs]
 * of all heads side by side. Checking and counting need no native memory and run on the driver;
 * building runs where the member is trained.
 */
public final class Networks {
  private static final long BYTES_PER_VALUE = 4;

  /** Measured: the activation, gradients on their way, and the native library's working space. */
  private static final long ARRAYS_PER_ACTIVATION = 5;

  /** Value, gradient, momentum, and the native library's copies in the order it likes best. */
  private static final long ARRAYS_PER_PARAMETER = 5;

  /**
   * Measured with WRN-16-4: 2.4 MB for each image of a batch, and its largest arrays have 0.26 MB.
   */
  private static final long ARRAYS_IN_PREDICTION = 10;

  private Networks() {}

  /**
   * A fresh network.
   *
   * @param seed determines every initial weight
   * @throws ModelZooException when the specification is not valid, see {@link #check}
   */
  public static ComputationGraph build(NetworkSpec spec, long seed) {
    return build(spec, seed, DataType.FLOAT);
  }

  /** As {@link #build(NetworkSpec, long)}, in another precision; gradient checks need double. */
  static ComputationGraph build(NetworkSpec spec, long seed, DataType type) {
    ComputationGraph graph = new ComputationGraph(plan(spec, seed, type).configuration());
    graph.init();
    return graph;
  }

  /**
   * Copies all parameters and running statistics into a network that is the same but for further
   * heads, which keep theirs.
   *
   * @param from with the first heads of the other
   */
  public static void copy(ComputationGraph from, ComputationGraph into) {
    Map<String, INDArray> targets = into.paramTable();
    from.paramTable()
        .forEach(
            (name, source) -> {
              INDArray target = targets.get(name);
              INDArrayIndex[] place =
                  LongStream.of(source.shape())
                      .mapToObj(length -> NDArrayIndex.interval(0, length))
                      .toArray(INDArrayIndex[]::new);
              target.get(place).assign(source);
            });
  }

  /** How a network is put together, without parameters. */
  public static ComputationGraphConfiguration configuration(NetworkSpec spec) {
    return plan(spec, 0, DataType.FLOAT).configuration();
  }

  /** Trainable parameters; running statistics are not counted. */
  public static long parameterCount(NetworkSpec spec) {
    return plan(spec, 0, DataType.FLOAT).parameters();
  }

  /**
   * A rough bound in bytes of what one training step holds: activations, several times as much for
   * gradients and working space, and per parameter its value, gradient, momentum and copies.
   */
  public static long trainingMemoryBytes(NetworkSpec spec, int batchSize) {
    NetworkPlan plan = plan(spec, 0, DataType.FLOAT);
    long values =
        ARRAYS_PER_ACTIVATION * batchSize * plan.activations()
            + ARRAYS_PER_PARAMETER * plan.parameters();
    return BYTES_PER_VALUE * values;
  }

  /** A rough bound in bytes of what the prediction of one batch holds beside the parameters. */
  public static long predictionMemoryBytes(NetworkSpec spec, int batchSize) {
    NetworkPlan plan = plan(spec, 0, DataType.FLOAT);
    return BYTES_PER_VALUE * ARRAYS_IN_PREDICTION * batchSize * plan.largestActivation();
  }

  /**
   * Checks a network's name and whether it can take images of this shape.
   *
   * @throws ModelZooException of kind CONFIGURATION saying what to change
   */
  public static void check(String name, ImageShape input) {
    boolean small = name.equals(SmallConv.NAME);
    if (!small && WideResNet.parse(name) == null) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "network \""
              + name
              + "\" is not known: it must be small-conv or wrn-<depth>-<width> with depth 6n + 4"
              + " from 10 to 9994 and width from 1 to 999. Try small-conv, wrn-16-4 or wrn-28-10.");
    }
    int smallest = small ? SmallConv.SMALLEST_SIDE : WideResNet.SMALLEST_SIDE;
    if (input.height() < smallest || input.width() < smallest) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "images of "
              + input
              + " are too small for network \""
              + name
              + "\": height and width must be at least "
              + smallest
              + " pixels. "
              + (small ? "Use a wrn network or larger images." : "Use larger images."));
    }
  }

  /**
   * Whether all parameters are numbers; layers such as ReLU may hide from the loss that they
   * aren't.
   */
  public static boolean isFinite(ComputationGraph graph) {
    return Double.isFinite(graph.params().sumNumber().doubleValue());
  }

  private static NetworkPlan plan(NetworkSpec spec, long seed, DataType type) {
    check(spec.name(), spec.input());
    return spec.name().equals(SmallConv.NAME)
        ? SmallConv.plan(spec, seed, type)
        : WideResNet.parse(spec.name()).plan(spec, seed, type);
  }
}
