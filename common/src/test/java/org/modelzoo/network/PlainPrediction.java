package org.modelzoo.network;

import java.io.File;
import java.io.IOException;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.modelzoo.config.ImageShape;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A program of its own that knows of a model file only what DL4J does: prints the bits of the
 * network's outputs on some images.
 */
public final class PlainPrediction {
  private PlainPrediction() {}

  /**
   * Reads and predicts.
   *
   * @param arguments model file, height, width and channels
   */
  public static void main(String[] arguments) throws IOException {
    ComputationGraph graph = ModelSerializer.restoreComputationGraph(new File(arguments[0]));
    int[] side = IntStream.rangeClosed(1, 3).map(i -> Integer.parseInt(arguments[i])).toArray();
    System.out.println(outputs(graph, new ImageShape(side[0], side[1], side[2])));
  }

  /** The bits of all outputs on four random images. */
  static String outputs(ComputationGraph graph, ImageShape shape) {
    NativeThreads.use(1);
    Random random = new Random(3);
    float[] features = new float[4 * shape.size()];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextGaussian();
    }
    float[] outputs =
        graph
            .outputSingle(
                Nd4j.createFromArray(features)
                    .reshape(4, shape.height(), shape.width(), shape.channels()))
            .dup('c')
            .data()
            .asFloat();
    return IntStream.range(0, outputs.length)
        .mapToObj(i -> Integer.toHexString(Float.floatToRawIntBits(outputs[i])))
        .collect(Collectors.joining(" "));
  }
}
