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
import org.nd4j.linalg.factory.Nd4j;
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
   * Parameters of a fresh network, flat, running statistics included, in the order of the model
   * file.
   *
   * @param seed determines every initial weight
   * @throws ModelZooException when the specification is not valid, see {@link #check}
   */
  public static float[] initialParameters(NetworkSpec spec, long seed) {
    ComputationGraph graph = build(spec, seed);
    float[] parameters = graph.params().toFloatVector();
    graph.close();
    return parameters;
  }

  /**
   * The parameters of a network with further heads: those of the smaller one, and for the further
   * heads those that it starts with.
   *
   * @param fresh of a network of this specification
   * @param heads that the smaller one has, the first of the others
   * @param trained of the smaller one
   */
  public static float[] extended(NetworkSpec spec, float[] fresh, int heads, float[] trained) {
    ComputationGraph into = over(spec, fresh);
    ComputationGraph from = over(spec.withHeads(heads), trained);
    Map<String, INDArray> targets = into.paramTable();
    from.paramTable()
        .forEach(
            (name, source) -> {
              INDArrayIndex[] place =
                  LongStream.of(source.shape())
                      .mapToObj(length -> NDArrayIndex.interval(0, length))
                      .toArray(INDArrayIndex[]::new);
              targets.get(name).get(place).assign(source);
            });
    float[] extended = into.params().toFloatVector();
    from.close();
    into.close();
    return extended;
  }

  /**
   * A network over given parameters, as DL4J knows it.
   *
   * @param parameters flat, running statistics included
   */
  public static ComputationGraph over(NetworkSpec spec, float[] parameters) {
    return over(configuration(spec), parameters);
  }

  static ComputationGraph over(ComputationGraphConfiguration configuration, float[] parameters) {
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init(Nd4j.createFromArray(parameters), /* cloneParametersArray= */ false);
    return graph;
  }

  /** How a network is put together, without parameters. */
  public static ComputationGraphConfiguration configuration(NetworkSpec spec) {
    return configuration(spec, 0);
  }

  /** How a network with these initial weights is put together. */
  static ComputationGraphConfiguration configuration(NetworkSpec spec, long seed) {
    return plan(spec, seed, DataType.FLOAT).configuration();
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
   * Whether all parameters are finite; layers such as ReLU may hide from the loss that they aren't.
   */
  public static boolean areFinite(float[] parameters) {
    for (float parameter : parameters) {
      if (!Float.isFinite(parameter)) {
        return false;
      }
    }
    return true;
  }

  private static NetworkPlan plan(NetworkSpec spec, long seed, DataType type) {
    check(spec.name(), spec.input());
    return spec.name().equals(SmallConv.NAME)
        ? SmallConv.plan(spec, seed, type)
        : WideResNet.parse(spec.name()).plan(spec, seed, type);
  }
}
