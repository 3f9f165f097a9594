package org.modelzoo.store;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.List;

/**
 * What a zoo is worth with fewer members, {@code compaction.json} of its run directory and part of
 * an archive's manifest.
 *
 * @param split whose images chose members and weights: validation or training
 * @param chosen members of the size that was exported; null where that wasn't recorded
 * @param sizes the whole zoo first, each with one member less than the one before
 */
public record CompactionFile(
    int formatVersion,
    String split,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer chosen,
    List<Size> sizes)
    implements Sealed, Serializable {
  /** The first one: files of version 1 have no checksum, and these always had. */
  public static final int FORMAT_VERSION = 2;

  /** Its name in a run directory. */
  public static final String NAME = "compaction.json";

  private static final long serialVersionUID = 1L;

  public CompactionFile {
    requireNonNull(split, "split");
    sizes = List.copyOf(sizes);
    if (sizes.isEmpty()) {
      throw new IllegalArgumentException("a zoo has at least one size");
    }
  }

  /** Whether this is the size that was exported. */
  public boolean isChosen(Size size) {
    return chosen != null && chosen == size.members();
  }

  /**
   * The zoo with some of its members.
   *
   * @param members left
   * @param without the member that the size before still has; null for the whole zoo
   * @param bytes of the members' models
   * @param mostMembersOfTask members of the task that has most, which all see its images
   * @param chosenOn on the images that chose members and weights
   * @param test on the test images, which chose nothing
   */
  public record Size(
      int members,
      @JsonInclude(JsonInclude.Include.NON_NULL) String without,
      long bytes,
      int mostMembersOfTask,
      Quality chosenOn,
      Quality test)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    public Size {
      requireNonNull(chosenOn, "chosen_on");
      requireNonNull(test, "test");
    }
  }

  /**
   * Means over tasks.
   *
   * @param accuracy with fitted weights
   * @param loss with fitted weights; mean negative log of the true class's probability
   * @param averagedAccuracy with the whole zoo's weights
   * @param averagedLoss with the whole zoo's weights
   */
  public record Quality(double accuracy, double loss, double averagedAccuracy, double averagedLoss)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    public Quality {
      requireShare(accuracy);
      requireShare(averagedAccuracy);
    }

    private static void requireShare(double accuracy) {
      if (!(accuracy >= 0 && accuracy <= 1)) {
        throw new IllegalArgumentException("an accuracy is in [0, 1], not " + accuracy);
      }
    }
  }
}
