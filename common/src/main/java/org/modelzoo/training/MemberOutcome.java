package org.modelzoo.training;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.store.MemberFile;

/** What became of a member: data, not an exception. Crosses from executor to driver. */
public sealed interface MemberOutcome extends Serializable {

  /**
   * Trained and evaluated; what it leaves is in the run directory.
   *
   * @param evaluations between its epochs, also in what it leaves
   */
  record Completed(List<String> remarks, List<MemberFile.Evaluation> evaluations)
      implements MemberOutcome {
    private static final long serialVersionUID = 1L;

    /** Without evaluations between the epochs. */
    public Completed(List<String> remarks) {
      this(remarks, List.of());
    }
  }

  /**
   * The loss stopped being a number.
   *
   * @param epoch from 1
   * @param step from 1, over all epochs
   */
  record Diverged(int epoch, long step, double loss, double learningRate) implements MemberOutcome {
    private static final long serialVersionUID = 1L;

    /** One sentence with the next step. */
    public String message() {
      return String.format(
          Locale.ROOT,
          "diverged in epoch %d, step %d: the loss is %s at learning rate %.3g; lower training.learning-rate",
          epoch,
          step,
          loss,
          learningRate);
    }
  }

  /** Stopped because the run was. */
  record Cancelled() implements MemberOutcome {
    private static final long serialVersionUID = 1L;
  }

  /** Stopped because the time that it may train is used up. */
  record OutOfTime() implements MemberOutcome {
    private static final long serialVersionUID = 1L;
  }

  /**
   * An error in data, training or program.
   *
   * @param trace the stack trace, for {@code --stacktrace}
   */
  record Failed(ErrorKind kind, String message, String trace) implements MemberOutcome {
    private static final long serialVersionUID = 1L;
  }
}
