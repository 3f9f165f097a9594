package org.modelzoo.config;

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

  /** An error as it is known; one that isn't, as a bug. */
  public static ModelZooException of(Throwable error) {
    return error instanceof ModelZooException known
        ? known
        : new ModelZooException(ErrorKind.BUG, "this is a bug: " + error, error);
  }

  public ErrorKind kind() {
    return kind;
  }
}
