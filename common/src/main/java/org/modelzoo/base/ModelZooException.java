package org.modelzoo.base;

/**
 * An error the user can act on. Its message says what, the value, the rule, and the next step; it
 * is printed without a stack trace. Anything else that escapes is a bug (exit code 1), and so is
 * what was a bug elsewhere, {@link ErrorKind#BUG}.
 */
public final class ModelZooException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;

  public ModelZooException(ErrorKind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public ModelZooException(ErrorKind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /**
   * An error of the driver as it is known: memory that runs out is one of resources, and all that
   * is not known is a bug.
   */
  public static ModelZooException of(Throwable error) {
    if (error instanceof ModelZooException known) {
      return known;
    }
    return error instanceof OutOfMemoryError
        ? new ModelZooException(
            ErrorKind.CLUSTER,
            "the driver is out of memory: %s; give it more with --driver-memory"
                .formatted(error.getMessage()),
            error)
        : new ModelZooException(ErrorKind.BUG, "this is a bug: " + error, error);
  }

  public ErrorKind kind() {
    return kind;
  }
}
