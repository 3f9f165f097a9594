package org.modelzoo.board;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * A row of the board's table. All that is not known is null.
 *
 * @param id opaque; the same for the same place in every process
 * @param root as the user gave it
 * @param path where it is, as a user would write it
 * @param parent id of the sweep, study or run that it belongs to
 * @param children entries that belong to it
 * @param reason why it stands as it does
 * @param started milliseconds since 1970
 * @param updated when a file of it was last written, milliseconds since 1970
 * @param owner of its directory, as the file system says
 */
public record Entry(
    String id,
    String root,
    String path,
    String name,
    EntryKind kind,
    String parent,
    int children,
    EntryState state,
    String reason,
    @JsonUnwrapped Subject subject,
    @JsonUnwrapped Advance advance,
    @JsonUnwrapped Results results,
    Long started,
    Long updated,
    String owner) {

  /** What is trained, and on what. */
  public record Subject(
      String method,
      String data,
      String network,
      String engine,
      String precision,
      String device,
      Long seed) {
    public static final Subject UNKNOWN = new Subject(null, null, null, null, null, null, null);
  }

  /**
   * How far it is.
   *
   * @param unit of done and planned: rounds, experiments, trials or members
   * @param eta seconds left at the pace so far
   */
  public record Advance(Integer done, Integer planned, String unit, Long eta) {}

  /**
   * What came of it so far.
   *
   * @param accuracy over the tasks known, a share
   * @param trend accuracy after the rounds, at most {@value #MOST_POINTS} of them
   * @param cardSeconds training time of all members multiplied by their GPUs
   * @param coreSeconds training time of all members multiplied by their threads
   */
  public record Results(
      Double accuracy,
      List<Double> trend,
      Double forgetting,
      @JsonProperty("imagesPerSecond") Double imagesPerSecond,
      Double cardSeconds,
      Double coreSeconds) {
    /** As many points as a line in a table's cell can show. */
    public static final int MOST_POINTS = 32;

    public static final Results NONE = new Results(null, List.of(), null, null, null, null);

    public Results {
      trend = List.copyOf(trend);
    }
  }
}
