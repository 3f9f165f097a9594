package org.modelzoo.report.live;

/**
 * Whether a driver works on a directory, as far as somebody who only reads it can tell.
 *
 * @param text the same as a sentence, with the driver's host and process
 * @param lastSign when it gave its last sign of life, ISO 8601, by its own clock; empty without a
 *     driver
 */
public record DriverState(Kind kind, String text, String lastSign) {
  /** No driver was ever seen there. */
  static final DriverState NONE = new DriverState(Kind.NONE, "no driver", "");

  /** What is known of the driver. */
  public enum Kind {
    NONE,
    WORKS,
    /** It ended by itself, with work left. */
    ENDED,
    /** Its process is gone, as is seen from its own machine. */
    KILLED,
    /** It gave no sign of life for so long that another driver may take over. */
    SILENT
  }
}
