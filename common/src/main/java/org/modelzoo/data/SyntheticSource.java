package org.modelzoo.data;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.modelzoo.base.Seeds;
import org.modelzoo.config.SourceConfig;
import org.modelzoo.synthetic.PatternFamily;
import org.modelzoo.synthetic.SyntheticCanvas;

/**
 * Draws the images of a data set that needs no files: many tasks in families. Tasks of a family
 * share visual factors and help each other; different families need different features. Task t is
 * of family t mod families, so any number of tasks from the first on has its share of every family.
 *
 * <p>An image depends on the source's seed, its split, class and index alone.
 */
final class SyntheticSource implements ImageSource {
  /** To be raised whenever the drawing changes, so that fingerprints do. */
  private static final int DRAWING = 1;

  private final SourceConfig.Synthetic config;

  SyntheticSource(SourceConfig.Synthetic config) {
    this.config = config;
  }

  @Override
  public Map<Integer, ClassImages> read(Set<Integer> classes, int trainLimit) {
    Map<Integer, ClassImages> images = new HashMap<>();
    for (int sourceClass : classes) {
      int train = Math.min(trainLimit, config.trainImagesPerClass());
      images.put(
          sourceClass,
          new ClassImages(
              draw(SourceSplit.TRAIN, sourceClass, train),
              draw(SourceSplit.TEST, sourceClass, config.testImagesPerClass())));
    }
    return images;
  }

  @Override
  public Summary check() {
    for (int family = 0; family < config.families(); family++) {
      int most = PatternFamily.of(family, config.seed()).combinations();
      if (config.classesPerTask() > most) {
        throw DataErrors.data(
            "data.set.source.classes-per-task is %d, but the generator can draw at most %d classes in family %d. Lower it."
                .formatted(config.classesPerTask(), most, family));
      }
    }
    return new Summary(
        IntStream.range(0, config.classes()).mapToObj(Integer::toString).toList(),
        "drawing " + DRAWING + " " + config);
  }

  private byte[] draw(SourceSplit split, int sourceClass, int images) {
    int task = sourceClass / config.classesPerTask();
    int family = task % config.families();
    PatternFamily patterns = PatternFamily.of(family, config.seed());
    int combination = combination(task, sourceClass % config.classesPerTask(), patterns);
    SyntheticCanvas canvas = new SyntheticCanvas(config.shape(), config.noise());
    int imageSize = config.shape().size();
    byte[] pixels = new byte[Math.multiplyExact(images, imageSize)];
    for (int i = 0; i < images; i++) {
      SplittableRandom random = Seeds.random(config.seed(), "synthetic-" + split, sourceClass, i);
      canvas.draw(patterns, combination, random, pixels, i * imageSize);
    }
    return pixels;
  }

  /** The label-th of the task's combinations, which are drawn without replacement. */
  private int combination(int task, int label, PatternFamily patterns) {
    SplittableRandom random = Seeds.random(config.seed(), "synthetic-task", task);
    int[] deck = IntStream.range(0, patterns.combinations()).toArray();
    for (int i = 0; i < Math.min(label, deck.length - 1); i++) {
      swap(deck, i, random.nextInt(i, deck.length));
    }
    int last = Math.min(label, deck.length - 1);
    swap(deck, last, random.nextInt(last, deck.length));
    return deck[last];
  }

  private static void swap(int[] deck, int first, int second) {
    int kept = deck[first];
    deck[first] = deck[second];
    deck[second] = kept;
  }
}
