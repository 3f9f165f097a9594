package org.modelzoo.training;

import java.util.Collections;
import java.util.List;
import org.modelzoo.config.AugmentationConfig;
import org.modelzoo.config.DataConfig;
import org.modelzoo.config.DataParallelConfig;
import org.modelzoo.config.EngineChoice;
import org.modelzoo.config.ImageShape;
import org.modelzoo.config.NetworkConfig;
import org.modelzoo.config.NormalisationConfig;
import org.modelzoo.config.Precision;
import org.modelzoo.config.SourceConfig;
import org.modelzoo.config.TaskConfig;
import org.modelzoo.config.TaskSetConfig;
import org.modelzoo.config.TrainingConfig;
import org.modelzoo.config.TrainingConfig.Schedule;
import org.modelzoo.config.ZooConfig.SignalImages;
import org.modelzoo.data.DataFixtures;
import org.modelzoo.store.Predictions.Split;

/**
 * Members that train in a moment: three generated tasks of two classes, 10 training images a class,
 * of which 2 are held out, and 4 test images a class; 8×8 pixels.
 */
final class TrainingFixtures {
  static final int TRAIN_PER_TASK = 16;
  static final int VALIDATION_PER_TASK = 4;
  static final int TEST_PER_TASK = 8;

  private static final NetworkConfig NETWORK =
      new NetworkConfig("wrn-10-1", 0.2, EngineChoice.AUTO);

  private TrainingFixtures() {}

  static DataConfig data() {
    return data(10);
  }

  /** The same, with more or fewer training images. */
  static DataConfig data(int trainingImagesPerClass) {
    SourceConfig source =
        new SourceConfig.Synthetic(
            new ImageShape(8, 8, 3), 7, 1, 3, 2, trainingImagesPerClass, 4, 0.05);
    return data("", source, List.of(task("a", 0, 1), task("b", 2, 3), task("c", 4, 5)));
  }

  static DataConfig missingData(String directory) {
    return data(directory, new SourceConfig.Cifar10(), List.of(task("a", 0, 1), task("b", 2, 3)));
  }

  private static DataConfig data(String directory, SourceConfig source, List<TaskConfig> tasks) {
    return DataFixtures.data(
        directory,
        new TaskSetConfig("test", source, tasks),
        0,
        0.2,
        new AugmentationConfig(1, true),
        new NormalisationConfig(0.5, 0.25));
  }

  private static TaskConfig task(String name, Integer... classes) {
    return TaskConfig.plain(name, List.of(classes));
  }

  static final DataParallelConfig ALONE = new DataParallelConfig(0, 1, 0, 1, true);

  static TrainingConfig training(int epochs, int batchSize, double learningRate) {
    return training(epochs, batchSize, learningRate, 0);
  }

  static TrainingConfig training(
      int epochs, int batchSize, double learningRate, int checkpointEvery) {
    return new TrainingConfig(
        epochs,
        batchSize,
        learningRate,
        Schedule.COSINE,
        0.9,
        1e-4,
        Precision.FLOAT32,
        checkpointEvery,
        0,
        ALONE);
  }

  /** The same, with evaluations between epochs. */
  static TrainingConfig evaluated(TrainingConfig training, int every) {
    return with(training, every, training.dataParallel());
  }

  /** The same, with several workers. */
  static TrainingConfig shared(TrainingConfig training, DataParallelConfig parallel) {
    return with(training, training.evaluateEvery(), parallel);
  }

  private static TrainingConfig with(
      TrainingConfig training, int evaluateEvery, DataParallelConfig parallel) {
    return new TrainingConfig(
        training.epochs(),
        training.batchSize(),
        training.learningRate(),
        training.schedule(),
        training.momentum(),
        training.weightDecay(),
        training.precision(),
        training.checkpointEvery(),
        evaluateEvery,
        parallel);
  }

  /** Member {@code m} on tasks 2 and 0, all images. */
  static MemberPlan plan(TrainingConfig training) {
    return plan(data(), training, Collections.nCopies(2, 1.0));
  }

  static MemberPlan plan(DataConfig data, TrainingConfig training, List<Double> kept) {
    List<Integer> tasks = data.set().tasks().size() == 3 ? List.of(2, 0) : List.of(1, 0);
    return new MemberPlan(
        "m",
        tasks,
        kept,
        null,
        11,
        5,
        data,
        NETWORK,
        training,
        List.of(Split.VALIDATION, Split.TEST),
        SignalImages.CLEAN);
  }

  /** The same, trained by that engine. */
  static MemberPlan by(EngineChoice engine, MemberPlan plan) {
    return withNetwork(
        plan, new NetworkConfig(plan.network().name(), plan.network().dropout(), engine));
  }

  /** Dropout's seeds go by period and worker where several train: no two ways end alike with it. */
  static MemberPlan withoutDropout(MemberPlan plan) {
    return withNetwork(plan, new NetworkConfig(plan.network().name(), 0, plan.network().engine()));
  }

  private static MemberPlan withNetwork(MemberPlan plan, NetworkConfig network) {
    return new MemberPlan(
        plan.id(),
        plan.tasks(),
        plan.kept(),
        plan.continuation(),
        plan.seed(),
        plan.dataSeed(),
        plan.data(),
        network,
        plan.training(),
        plan.splits(),
        plan.signalImages());
  }
}
