package org.modelzoo.spark.dataparallel;

import java.io.Serializable;
import java.util.function.Supplier;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.training.MemberFailures;
import org.modelzoo.training.MemberOutcome;

/**
 * What a unit came to: a value, or why there is none.
 *
 * @param value null when it failed
 * @param failure null when it succeeded
 */
record Answer<T extends Serializable>(T value, MemberOutcome.Failed failure)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** On an executor: does the work; errors in data and of memory become answers. */
  static <T extends Serializable> Answer<T> of(Supplier<T> work) {
    try {
      return new Answer<>(work.get(), null);
    } catch (ModelZooException | OutOfMemoryError e) {
      return new Answer<>(null, (MemberOutcome.Failed) MemberFailures.outcomeOf(e, ""));
    }
  }

  /**
   * On the driver.
   *
   * @throws ModelZooException if the unit failed
   */
  void requireSuccess() {
    if (failure != null) {
      throw new ModelZooException(failure.kind(), failure.message());
    }
  }
}
