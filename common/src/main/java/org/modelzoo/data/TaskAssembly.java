package org.modelzoo.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.modelzoo.config.DataConfig;
import org.modelzoo.config.ImageShape;
import org.modelzoo.config.TaskConfig;

/**
 * Makes a task out of the images of its classes: labels within the task, held-out validation
 * images, label noise, rotation, permutation. A task depends on the configuration and the seed
 * alone, not on what else was loaded, so it is the same for every member and on every machine.
 */
final class TaskAssembly {
  private final DataConfig data;
  private final ImageShape shape;
  private final long seed;

  TaskAssembly(DataConfig data, long seed) {
    this.data = data;
    this.shape = data.set().source().shape();
    this.seed = seed;
  }

  /**
   * Assembles one task.
   *
   * @param task index in the configuration
   * @param classes images of at least the task's classes
   */
  TaskImages assemble(int task, Map<Integer, ClassImages> classes) {
    TaskConfig config = data.set().tasks().get(task);
    List<Part> train = new ArrayList<>();
    List<Part> validation = new ArrayList<>();
    List<Part> test = new ArrayList<>();
    for (int label = 0; label < config.classes().size(); label++) {
      int sourceClass = config.classes().get(label);
      ClassImages images = classes.get(sourceClass);
      int available = images.train().length / shape.size();
      BitSet kept = KeptImages.of(available, data, seed, sourceClass);
      BitSet heldOut = ValidationSplit.heldOut(kept, data.validationShare(), seed, sourceClass);
      kept.andNot(heldOut);
      if (kept.isEmpty()) {
        throw DataErrors.data(
            "Class %d of task %s has no training images. Take it out of the task, or add images."
                .formatted(sourceClass, config.name()));
      }
      BitSet tested = new BitSet();
      tested.set(0, images.test().length / shape.size());
      train.add(new Part(images.train(), kept));
      validation.add(new Part(images.train(), heldOut));
      test.add(new Part(images.test(), tested));
    }
    LabelledImages trainImages = join(train);
    LabelledImages validationImages = join(validation);
    LabelNoise.apply(config, seed, task, trainImages.labels(), validationImages.labels());
    TaskImages images = new TaskImages(trainImages, validationImages, join(test));
    requireImages(config, images);
    transform(config, images);
    return images;
  }

  /** An accuracy or a loss over no image at all would be 0/0. */
  private void requireImages(TaskConfig config, TaskImages images) {
    if (images.test().size() == 0) {
      throw DataErrors.data(
          "Task %s has no test image, and every task needs one to be measured on. Add test images of its classes, or take it out of data.set.tasks."
              .formatted(config.name()));
    }
    if (data.validationShare() > 0 && images.validation().size() == 0) {
      throw DataErrors.data(
          "Task %s has no validation image: one is held out of every class that has at least two training images, and none of its classes does. Add training images, raise data.images-per-class, or set data.validation-share = 0."
              .formatted(config.name()));
    }
  }

  private void transform(TaskConfig config, TaskImages images) {
    List<LabelledImages> splits = List.of(images.train(), images.validation(), images.test());
    if (config.rotation() != 0) {
      Rotation rotation = new Rotation(shape, config.rotation(), data.interpolation());
      splits.forEach(split -> rotation.apply(split.pixels()));
    }
    if (config.permutationSeed() != 0) {
      Permutation permutation =
          data.permutation() == DataConfig.Permutation.PUBLISHED
              ? Permutation.published(shape, config.permutationSeed())
              : Permutation.seeded(shape, config.permutationSeed());
      splits.forEach(split -> permutation.apply(split.pixels()));
    }
  }

  /** Copies the chosen images of every class side by side; the label is the index of the part. */
  private LabelledImages join(List<Part> parts) {
    int size = parts.stream().mapToInt(part -> part.chosen().cardinality()).sum();
    byte[] pixels = new byte[Math.multiplyExact(size, shape.size())];
    short[] labels = new short[size];
    int next = 0;
    for (int label = 0; label < parts.size(); label++) {
      Part part = parts.get(label);
      BitSet chosen = part.chosen();
      for (int i = chosen.nextSetBit(0); i >= 0; i = chosen.nextSetBit(i + 1)) {
        System.arraycopy(
            part.images(), i * shape.size(), pixels, next * shape.size(), shape.size());
        labels[next++] = (short) label;
      }
    }
    return new LabelledImages(shape, pixels, labels);
  }

  /** Some images of one class. */
  private record Part(byte[] images, BitSet chosen) {}
}
