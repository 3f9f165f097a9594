package org.modelzoo.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.modelzoo.config.ImageShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A training in PyTorch that {@code deploy/benchmark/golden.py} wrote down: the weights it began
 * with and its batches, made again from the same integers, and its results.
 */
public record GoldenTraining(NetworkSpec spec, int size, int firstBatch, List<Result> results) {
  private static final Path FILE = Path.of("src/test/resources/pytorch/training.csv");
  private static final int SIGNS = 8;
  private static final int IMAGES_STREAM = 1000;
  private static final int LABELS_STREAM = 2000;

  /**
   * Some numbers of a step.
   *
   * @param what rate, loss, parameter, statistic, gradient or momentum
   * @param array its name in the network, empty for rate and loss
   * @param numbers rate or loss; of an array its norm, and its sums with signs
   */
  public record Result(int step, String what, String array, double[] numbers) {}

  /** Images with their heads and labels. */
  public record GoldenBatch(float[] features, int[] heads, int[] labels) {}

  /** Reads what there is for a network and images of that height and width. */
  public static GoldenTraining read(String network, int side) throws IOException {
    List<String[]> lines =
        Files.readAllLines(FILE).stream()
            .map(line -> line.split(",", -1))
            .filter(words -> words[0].equals(network) && words[1].equals(Integer.toString(side)))
            .toList();
    ImageShape shape = new ImageShape(side, side, 3);
    return new GoldenTraining(
        new NetworkSpec(network, 0, shape, List.of(5, 5, 5, 5, 5)),
        Integer.parseInt(lines.get(0)[2]),
        Integer.parseInt(lines.get(0)[3]),
        lines.stream().map(GoldenTraining::result).toList());
  }

  private static Result result(String[] words) {
    double[] numbers =
        Arrays.stream(words[7].split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
    return new Result(Integer.parseInt(words[4]), words[5], words[6], numbers);
  }

  /** What is written down of a step; nothing after most of them. */
  public List<Result> results(int step, String... kinds) {
    List<String> asked = List.of(kinds);
    return results.stream()
        .filter(result -> result.step() == step && asked.contains(result.what()))
        .toList();
  }

  /** The learning rate or the loss of a step. */
  public double number(int step, String what) {
    return results(step, what).get(0).numbers()[0];
  }

  /** The network with the weights that PyTorch began with. */
  public ComputationGraph start(DataType type) {
    ComputationGraph graph = Networks.build(spec, 1, type);
    int stream = 0;
    for (Result value : results(1, "parameter", "statistic")) {
      INDArray array = graph.getParam(value.array());
      double[] numbers = uniform(stream++, Math.toIntExact(array.length()));
      float[] weights = new float[numbers.length];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) weight(value.array(), array.shape(), numbers[i]);
      }
      array.assign(Nd4j.create(weights, array.shape(), 'c').castTo(type));
    }
    return graph;
  }

  private static double weight(String name, long[] shape, double number) {
    if (name.equals("heads_W")) {
      return number / Math.sqrt((double) shape[0]);
    }
    if (name.endsWith("_W")) {
      return number * Math.sqrt(6.0 / (shape[0] * shape[1] * shape[2]));
    }
    return number / 2 + (name.endsWith("_gamma") || name.endsWith("_var") ? 1 : 0);
  }

  /** The batch of a step, from 1. */
  public GoldenBatch batch(int step) {
    int number = firstBatch + step - 1;
    double[] numbers = uniform(IMAGES_STREAM + number, size * spec.input().size());
    float[] features = new float[numbers.length];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) (2 * numbers[i]);
    }
    SplittableRandom random = new SplittableRandom(LABELS_STREAM + number);
    int[] heads = new int[size];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      int column = (int) Long.remainderUnsigned(random.nextLong(), 25);
      heads[i] = column / 5;
      labels[i] = column % 5;
    }
    return new GoldenBatch(features, heads, labels);
  }

  /** Multiples of 2⁻²³ in [−1, 1). */
  private static double[] uniform(long stream, int count) {
    SplittableRandom random = new SplittableRandom(stream);
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (random.nextLong() >>> 40) / (double) (1 << 23) - 1;
    }
    return numbers;
  }

  /**
   * How far an array is from PyTorch's: an estimate of the norm of the difference, over the norm.
   * The square of a sum with random signs is on average the square of the norm.
   */
  public static double difference(double[] values, Result golden) {
    double[] sums = new double[SIGNS];
    SplittableRandom random = new SplittableRandom(0);
    for (double value : values) {
      long bits = random.nextLong();
      for (int k = 0; k < SIGNS; k++) {
        sums[k] += (bits >>> k & 1) == 0 ? value : -value;
      }
    }
    double squares = 0;
    for (int k = 0; k < SIGNS; k++) {
      squares += Math.pow(sums[k] - golden.numbers()[1 + k], 2);
    }
    return Math.sqrt(squares / SIGNS) / golden.numbers()[0];
  }
}
