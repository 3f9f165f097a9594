package org.modelzoo.spark.benchmark.card;

/**
 * What became of one step.
 *
 * @param step for people
 * @param status what became of it
 * @param said the numbers in short, or the reason
 * @param result all numbers; null where there are none
 */
public record ProofStep(String step, Status status, String said, double seconds, Object result) {
  /** What can become of a step. */
  public enum Status {
    /** It ran and kept its bounds. */
    PASSED,
    /** It ran; there are no bounds. */
    MEASURED,
    /** It could not run, or did not keep its bounds. */
    FAILED,
    /** It did not run. */
    SKIPPED
  }

  static ProofStep passed(String said, Object result) {
    return new ProofStep("", Status.PASSED, said, 0, result);
  }

  static ProofStep measured(String said, Object result) {
    return new ProofStep("", Status.MEASURED, said, 0, result);
  }

  static ProofStep failed(String said, Object result) {
    return new ProofStep("", Status.FAILED, said, 0, result);
  }

  static ProofStep skipped(String reason) {
    return new ProofStep("", Status.SKIPPED, reason, 0, null);
  }

  ProofStep of(String name, double after) {
    return new ProofStep(name, status, said, after, result);
  }
}
