package org.modelzoo.fetch;

import java.io.IOException;

/** A mirror did not give a file; another try, or another mirror, may. */
final class FetchFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean passing;

  private FetchFailure(String message, boolean passing, Throwable cause) {
    super(message, cause);
    this.passing = passing;
  }

  /** Something that may be better in a moment. */
  static FetchFailure passing(String message, Throwable cause) {
    return new FetchFailure(message, true, cause);
  }

  static FetchFailure passing(String message) {
    return passing(message, null);
  }

  /** Something that this mirror will answer again. */
  static FetchFailure lasting(String message) {
    return new FetchFailure(message, false, null);
  }

  boolean isPassing() {
    return passing;
  }
}
