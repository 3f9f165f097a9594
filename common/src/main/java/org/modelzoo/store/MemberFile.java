package org.modelzoo.store;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.List;

/**
 * What became of a member, {@code members/<id>/outcome.json}; written last: a member is committed
 * by this file, with the checksums of the others and its own. In format version 1 its checksum
 * stood in a file of its own.
 *
 * @param tasks it was trained on, in the order of its heads
 * @param trainImages images seen in training, over all epochs
 * @param startedMillis wall clock at the first step, milliseconds since 1970; later by the pause if
 *     training was interrupted and continued
 * @param finishedMillis wall clock after the last step
 * @param epochs mean training loss and accuracy of each epoch
 * @param modelSha256 checksum of {@code model.zip}
 * @param predictionsSha256 checksum of {@code predictions.bin}
 * @param taskImages training images that each of the tasks has, whether the member got all of them
 *     or not; null where that wasn't recorded
 * @param executor where it was trained, such as {@code executor 3 on host-b}; null where that
 *     wasn't recorded
 * @param evaluations between epochs, with {@code training.evaluate-every}; mostly none
 * @param computation null in files of format version 3 and older
 */
public record MemberFile(
    int formatVersion,
    String id,
    List<Integer> tasks,
    long seed,
    long trainImages,
    long startedMillis,
    long finishedMillis,
    List<Epoch> epochs,
    String modelSha256,
    String predictionsSha256,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<Integer> taskImages,
    @JsonInclude(JsonInclude.Include.NON_NULL) String executor,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Evaluation> evaluations,
    @JsonInclude(JsonInclude.Include.NON_NULL) Computation computation)
    implements Sealed {
  public static final int FORMAT_VERSION = 4;

  public MemberFile {
    requireNonNull(id, "id");
    requireNonNull(tasks, "tasks");
    requireNonNull(epochs, "epochs");
    requireNonNull(modelSha256, "modelSha256");
    requireNonNull(predictionsSha256, "predictionsSha256");
    evaluations = evaluations == null ? List.of() : List.copyOf(evaluations);
    for (Evaluation evaluation : evaluations) {
      if (evaluation.losses().size() != tasks.size()
          || evaluation.accuracies().size() != tasks.size()) {
        throw new IllegalArgumentException(
            "the evaluation after epoch %d is not of %d tasks"
                .formatted(evaluation.epoch(), tasks.size()));
      }
    }
  }

  /** A member of which nobody knows where it was trained, by what, nor on how many images. */
  public MemberFile(
      int formatVersion,
      String id,
      List<Integer> tasks,
      long seed,
      long trainImages,
      long startedMillis,
      long finishedMillis,
      List<Epoch> epochs,
      String modelSha256,
      String predictionsSha256) {
    this(
        formatVersion,
        id,
        tasks,
        seed,
        trainImages,
        startedMillis,
        finishedMillis,
        epochs,
        modelSha256,
        predictionsSha256,
        null,
        null,
        List.of(),
        null);
  }

  /** Training loss (mean cross-entropy, nats) and accuracy over one epoch's batches. */
  public record Epoch(double loss, double accuracy) {}

  /**
   * How well the member did the test images of its tasks after an epoch.
   *
   * @param epoch how many were done
   * @param losses mean cross-entropy of each task, nats, in the order of the heads
   * @param accuracies of each task, likewise
   */
  public record Evaluation(int epoch, List<Double> losses, List<Double> accuracies)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    public Evaluation {
      losses = List.copyOf(losses);
      accuracies = List.copyOf(accuracies);
    }
  }
}
