package org.modelzoo.training;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.modelzoo.store.RunDirectory;

/**
 * The checkpoint of one member, {@code checkpoints/<id>.bin}; gone once the member is committed.
 */
final class Checkpoints {
  private final RunDirectory run;
  private final Path file;
  private final long seed;
  private final Consumer<String> remarks;

  /**
   * @param remarks hears of a checkpoint that can't be used
   */
  Checkpoints(RunDirectory run, MemberPlan plan, Consumer<String> remarks) {
    this.remarks = remarks;
    this.run = run;
    this.file = run.path("checkpoints/" + plan.id() + ".bin");
    this.seed = plan.seed();
  }

  /** The last checkpoint; one that can't be read or is another member's counts as none. */
  Optional<Checkpoint> last() throws IOException {
    if (!run.files().exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Checkpoint.fromBytes(run.files().read(file)))
          .filter(checkpoint -> checkpoint.seed() == seed);
    } catch (IOException e) {
      remarks.accept(
          "checkpoint %s can't be used: %s; the member starts again"
              .formatted(file, e.getMessage()));
      return Optional.empty();
    }
  }

  void save(Checkpoint checkpoint) throws IOException {
    byte[] bytes = checkpoint.toBytes();
    run.files().write(file, out -> out.write(bytes));
  }

  void delete() throws IOException {
    run.files().delete(file);
  }
}
