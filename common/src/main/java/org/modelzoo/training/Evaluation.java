package org.modelzoo.training;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.modelzoo.data.LabelledImages;
import org.modelzoo.data.Normaliser;
import org.modelzoo.data.TaskImages;
import org.modelzoo.network.Predictor;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.Predictions.Block;
import org.modelzoo.store.Predictions.Split;

/** A trained member's softmax outputs on the images of its tasks. Runs on executors. */
final class Evaluation {
  private final MemberPlan plan;
  private final Predictor predictor;
  private final Normaliser normaliser;
  private final float[] features;

  Evaluation(MemberPlan plan, ComputationGraph graph) {
    this.plan = plan;
    this.predictor = new Predictor(graph, plan.networkSpec());
    this.normaliser = new Normaliser(plan.data().normalisation());
    this.features =
        new float[MemberTraining.EVALUATION_BATCH * plan.data().set().source().shape().size()];
  }

  /**
   * Predicts.
   *
   * @param images of each of the member's tasks, all of them also where only a share was replayed
   */
  Predictions of(List<TaskImages> images) {
    List<Block> blocks = new ArrayList<>();
    for (int head = 0; head < images.size(); head++) {
      for (Split split : plan.splits()) {
        blocks.add(block(head, split, imagesOf(images.get(head), split)));
      }
    }
    return new Predictions(blocks);
  }

  private static LabelledImages imagesOf(TaskImages task, Split split) {
    return switch (split) {
      case TRAIN -> task.train();
      case VALIDATION -> task.validation();
      case TEST -> task.test();
    };
  }

  private Block block(int head, Split split, LabelledImages images) {
    int classes = plan.networkSpec().headSizes().get(head);
    float[] probabilities = new float[images.size() * classes];
    for (int from = 0; from < images.size(); from += MemberTraining.EVALUATION_BATCH) {
      int to = Math.min(from + MemberTraining.EVALUATION_BATCH, images.size());
      normaliser.normalise(images, from, to, features);
      float[] batch = predictor.probabilities(features, to - from, head);
      System.arraycopy(batch, 0, probabilities, from * classes, batch.length);
    }
    return new Block(plan.tasks().get(head), split, classes, images.labels(), probabilities);
  }
}
