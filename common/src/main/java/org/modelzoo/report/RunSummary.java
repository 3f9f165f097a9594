package org.modelzoo.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.modelzoo.store.Sealed;

/**
 * The end of a run in numbers, {@code summary.json}. Accuracies are shares of test images; the
 * measures are those of {@link org.modelzoo.metrics.ContinualMeasures}.
 *
 * @param rounds committed, a warm start counted
 * @param members trained to the end
 * @param divergedMembers left out of the ensemble
 * @param backwardTransfer null where no task was trained before the last round
 * @param perTaskAccuracy task name → test accuracy of the ensemble after the last round
 * @param trainImages images seen in training by all members, over all epochs
 * @param trainImagesPerSecond those by the wall time in which at least one member trained
 * @param wallSeconds from the start of this process' work on the run to its end
 * @param cost what it took; null in summaries of earlier programs
 * @param baselines method → average accuracy of the baselines of the same experiment
 */
public record RunSummary(
    int formatVersion,
    String method,
    String experiment,
    long seed,
    int tasks,
    int rounds,
    int members,
    int divergedMembers,
    double averageAccuracy,
    double learningAccuracy,
    double forgetting,
    Double backwardTransfer,
    Map<String, Double> perTaskAccuracy,
    long trainImages,
    double trainImagesPerSecond,
    double wallSeconds,
    @JsonInclude(JsonInclude.Include.NON_NULL) Cost cost,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Double> baselines)
    implements Sealed {
  public static final int FORMAT_VERSION = 3;

  public RunSummary {
    requireNonNull(method, "method");
    requireNonNull(perTaskAccuracy, "perTaskAccuracy");
    baselines = baselines == null ? Map.of() : baselines;
  }

  /**
   * What a run took.
   *
   * @param parameters trained parameters of all networks in the ensembles
   * @param storedImages training images of earlier tasks that the method keeps until its last
   *     round; null if the number of images per task is unknown
   * @param coreSeconds training time of all members multiplied by their threads
   * @param cardSeconds training time of all members multiplied by their GPUs; 0 without GPUs
   */
  public record Cost(long parameters, Long storedImages, double coreSeconds, double cardSeconds) {}

  /** The same run, compared. */
  public RunSummary withBaselines(Map<String, Double> averages) {
    return new RunSummary(
        formatVersion,
        method,
        experiment,
        seed,
        tasks,
        rounds,
        members,
        divergedMembers,
        averageAccuracy,
        learningAccuracy,
        forgetting,
        backwardTransfer,
        perTaskAccuracy,
        trainImages,
        trainImagesPerSecond,
        wallSeconds,
        cost,
        averages);
  }
}
