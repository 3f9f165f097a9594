package org.modelzoo.spark.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.modelzoo.config.SourceConfig;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.Predictions.Block;
import org.modelzoo.store.Predictions.Split;

/**
 * Softmax outputs as members would store them: every class has some probability, the true one more
 * than the others. A few variants of each task's are drawn once and used again and again.
 */
final class InventedPredictions {
  private static final int VARIANTS = 3;

  private final List<List<List<Block>>> byTask = new ArrayList<>();

  /** For the tasks of a generated data set, all alike in size. */
  InventedPredictions(SourceConfig.Synthetic source, int tasks) {
    SplittableRandom random = new SplittableRandom(1);
    int classes = source.classesPerTask();
    for (int task = 0; task < tasks; task++) {
      List<List<Block>> variants = new ArrayList<>();
      for (int variant = 0; variant < VARIANTS; variant++) {
        variants.add(
            List.of(
                block(task, Split.TRAIN, classes, source.trainImagesPerClass(), random),
                block(task, Split.TEST, classes, source.testImagesPerClass(), random)));
      }
      byTask.add(variants);
    }
  }

  private static Block block(
      int task, Split split, int classes, int imagesPerClass, SplittableRandom random) {
    short[] labels = new short[classes * imagesPerClass];
    float[] probabilities = new float[labels.length * classes];
    for (int image = 0; image < labels.length; image++) {
      labels[image] = (short) (image / imagesPerClass);
      float[] odds = new float[classes];
      float total = 0;
      for (int label = 0; label < classes; label++) {
        odds[label] = (float) random.nextDouble() + (label == labels[image] ? 0.3f : 0.01f);
        total += odds[label];
      }
      for (int label = 0; label < classes; label++) {
        probabilities[image * classes + label] = odds[label] / total;
      }
    }
    return new Block(task, split, classes, labels, probabilities);
  }

  /** A member's, on the train and test images of its tasks. */
  Predictions of(List<Integer> tasks, int round) {
    return new Predictions(
        tasks.stream().flatMap(task -> byTask.get(task).get(round % VARIANTS).stream()).toList());
  }
}
