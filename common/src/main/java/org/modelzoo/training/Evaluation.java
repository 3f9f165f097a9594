package org.modelzoo.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.modelzoo.base.Seeds;
import org.modelzoo.config.ZooConfig.SignalImages;
import org.modelzoo.data.Augmenter;
import org.modelzoo.data.LabelledImages;
import org.modelzoo.data.Normaliser;
import org.modelzoo.data.TaskImages;
import org.modelzoo.network.Network;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.Predictions.Block;
import org.modelzoo.store.Predictions.Split;

/** A trained member's softmax outputs on the images of its tasks. Runs on executors. */
public final class Evaluation {
  private final MemberPlan plan;
  private final Network network;
  private final Normaliser normaliser;
  private final Augmenter augmenter;
  private final float[] features;

  /**
   * @param network of the member, with the parameters of the moment
   */
  public Evaluation(MemberPlan plan, Network network) {
    this.plan = plan;
    this.network = network;
    this.normaliser = new Normaliser(plan.data().normalisation());
    this.augmenter =
        new Augmenter(plan.data().augmentation(), plan.data().set().source().shape(), normaliser);
    this.features =
        new float[MemberTraining.EVALUATION_BATCH * plan.data().set().source().shape().size()];
  }

  /**
   * Predicts one of several parts of the images, cut where batches are, so that the parts put
   * together are what one worker predicts, to the bit.
   *
   * @param images of each of the member's tasks, all of them also where only a share was replayed
   * @param part from 0; the only one of one is the whole
   * @return a block for each task and split, which may be empty
   */
  public Predictions part(List<TaskImages> images, List<Split> splits, int part, int parts) {
    List<Block> blocks = new ArrayList<>();
    for (int head = 0; head < images.size(); head++) {
      for (Split split : splits) {
        LabelledImages all = imagesOf(images.get(head), split);
        blocks.add(block(head, split, all, cut(all, part, parts), cut(all, part + 1, parts)));
      }
    }
    return new Predictions(blocks);
  }

  private static int cut(LabelledImages images, int part, int parts) {
    int batches =
        (images.size() + MemberTraining.EVALUATION_BATCH - 1) / MemberTraining.EVALUATION_BATCH;
    long batch = (long) batches * part / parts;
    return (int) Math.min(batch * MemberTraining.EVALUATION_BATCH, images.size());
  }

  private static LabelledImages imagesOf(TaskImages task, Split split) {
    return switch (split) {
      case TRAIN -> task.train();
      case VALIDATION -> task.validation();
      case TEST -> task.test();
    };
  }

  private Block block(int head, Split split, LabelledImages images, int begin, int end) {
    int classes = plan.networkSpec().headSizes().get(head);
    float[] probabilities = new float[(end - begin) * classes];
    for (int from = begin; from < end; from += MemberTraining.EVALUATION_BATCH) {
      int to = Math.min(from + MemberTraining.EVALUATION_BATCH, end);
      if (split == Split.TRAIN && plan.signalImages() == SignalImages.AUGMENTED) {
        augmenter.apply(images, from, to, augmentationSeed(head), features);
      } else {
        normaliser.normalise(images, from, to, features);
      }
      float[] batch = network.probabilities(features, to - from, head);
      System.arraycopy(batch, 0, probabilities, (from - begin) * classes, batch.length);
    }
    short[] labels = Arrays.copyOfRange(images.labels(), begin, end);
    return new Block(plan.tasks().get(head), split, classes, labels, probabilities);
  }

  /** Other changes than in any epoch, and others for each member, as a loader of its own would. */
  private long augmentationSeed(int head) {
    return Seeds.derive(plan.seed(), "signal images", plan.tasks().get(head));
  }
}
