package org.modelzoo.spark.progress;

/** Throws as Scala does, which declares nothing. */
public final class Sneaky {
  private Sneaky() {}

  // The compiler takes it for a RuntimeException.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "DoNotCallSuggester"})
  public static <E extends Throwable> void sneak(Throwable error) throws E {
    throw (E) error;
  }
}
