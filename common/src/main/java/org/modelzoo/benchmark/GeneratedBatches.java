package org.modelzoo.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.DataConfig;
import org.modelzoo.data.Augment;
import org.modelzoo.data.Batch;
import org.modelzoo.data.BatchStream;
import org.modelzoo.data.LabelledImages;
import org.modelzoo.data.Normaliser;
import org.modelzoo.data.TaskImages;
import org.modelzoo.data.TaskLoader;
import org.modelzoo.network.NetworkSpec;

/**
 * The program's own images in the shape of a case, by way of the same loader and input pipeline as
 * in a run, with the augmentation of CIFAR.
 */
final class GeneratedBatches {
  /** As many classes as every family of generated tasks can tell apart. */
  private static final int MOST_CLASSES = 20;

  private static final int LEAST_IMAGES = 1000;
  private static final long SEED = 1;
  private static final long INPUT_NANOS = 1_000_000_000L;

  private final int batchSize;
  private final DataConfig data;
  private final List<LabelledImages> tasks;

  GeneratedBatches(NetworkSpec network, int batchSize) {
    this.batchSize = batchSize;
    this.data = data(network, batchSize);
    this.tasks =
        TaskLoader.of(data, SEED, new Configuration())
            .load(IntStream.range(0, network.headSizes().size()).boxed().toList())
            .stream()
            .map(TaskImages::train)
            .toList();
  }

  private static DataConfig data(NetworkSpec network, int batchSize) {
    int heads = network.headSizes().size();
    int classes = Math.min(Collections.min(network.headSizes()), MOST_CLASSES);
    int images = Math.max(LEAST_IMAGES, 2 * batchSize);
    String source = "data.set.source.";
    return ConfigLoader.load(
            List.of(),
            List.of(
                "data.set.name=benchmark",
                source + "format=synthetic",
                source + "height=" + network.input().height(),
                source + "width=" + network.input().width(),
                source + "channels=" + network.input().channels(),
                source + "families=" + heads,
                source + "tasks-per-family=1",
                source + "classes-per-task=" + classes,
                source + "train-images-per-class=" + (images / (heads * classes) + 1),
                source + "test-images-per-class=1",
                "zoo.tasks-per-round=1",
                "zoo.signal=training",
                "data.validation-share=0",
                "data.augmentation.crop-padding=4",
                "data.augmentation.horizontal-flip=true"))
        .values()
        .data();
  }

  /** The full batches of an epoch, copied. */
  List<Batch> batches() {
    List<Batch> batches = new ArrayList<>();
    try (BatchStream stream = stream(0)) {
      while (stream.hasNext()) {
        Batch batch = stream.next();
        if (batch.size() == batchSize) {
          batches.add(
              new Batch(
                  batchSize,
                  batch.features().clone(),
                  batch.heads().clone(),
                  batch.labels().clone()));
        }
      }
    }
    return batches;
  }

  /** Milliseconds in which the input pipeline makes a training batch when nobody keeps it. */
  double trainingInputMillis() {
    List<Long> times = new ArrayList<>();
    long end = System.nanoTime() + INPUT_NANOS;
    for (int epoch = 0; epoch < 2 || System.nanoTime() < end; epoch++) {
      try (BatchStream stream = stream(epoch)) {
        long before = System.nanoTime();
        int batches = 0;
        while (stream.hasNext()) {
          var unused = stream.next();
          batches++;
        }
        // The first epoch warms up.
        if (epoch > 0) {
          times.add((System.nanoTime() - before) / batches);
        }
      }
    }
    return Spread.of(times, Long::longValue).median();
  }

  /** Milliseconds to normalise a batch, which is all that evaluation needs. */
  double evaluationInputMillis() {
    Normaliser normaliser = new Normaliser(data.normalisation());
    LabelledImages images = tasks.get(0);
    float[] target = new float[images.size() * images.shape().size()];
    List<Long> times = new ArrayList<>();
    long end = System.nanoTime() + INPUT_NANOS;
    while (times.size() < 2 || System.nanoTime() < end) {
      long before = System.nanoTime();
      normaliser.normalise(images, 0, images.size(), target);
      times.add((System.nanoTime() - before) * batchSize / images.size());
    }
    return Spread.of(times, Long::longValue).median();
  }

  private BatchStream stream(int epoch) {
    return BatchStream.epoch(tasks, batchSize, data, Augment.ON, SEED + epoch);
  }
}
