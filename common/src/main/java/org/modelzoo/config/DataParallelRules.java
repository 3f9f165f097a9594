package org.modelzoo.config;

/** The rules between the keys of {@code training.data-parallel} and the others of training. */
final class DataParallelRules {
  /** Batch normalisation has no variance of a single image. */
  private static final int SMALLEST_BATCH = 2;

  private static final String SECTION = "training.data-parallel";

  private final TrainingConfig training;
  private final Section section;
  private final Problems problems;

  DataParallelRules(TrainingConfig training, Section root, Problems problems) {
    this.training = training;
    this.section = root.child("training").child("data-parallel");
    this.problems = problems;
  }

  void check() {
    DataParallelConfig parallel = training.dataParallel();
    if (!parallel.isOn() || problems.concern(SECTION + ".workers", SECTION + ".batch-per-worker")) {
      return;
    }
    if (parallel.batchPerWorker() > 0) {
      if (parallel.batchPerWorker() < SMALLEST_BATCH) {
        section.problem(
            "batch-per-worker",
            "must be 0 or at least 2, since batch normalisation needs two images; raise it");
      }
    } else if (!problems.concern("training.batch-size")
        && (training.batchSize() % parallel.workers() != 0
            || training.batchSize() / parallel.workers() < SMALLEST_BATCH)) {
      section.problem(
          "workers",
          "must cut training.batch-size, %d, into equal shares of at least 2 images; change one of them, or set %s.batch-per-worker"
              .formatted(training.batchSize(), SECTION));
    }
  }
}
