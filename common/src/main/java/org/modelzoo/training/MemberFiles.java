package org.modelzoo.training;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.modelzoo.network.ModelFile;
import org.modelzoo.store.Computation;
import org.modelzoo.store.FoundRecord;
import org.modelzoo.store.MemberFile;
import org.modelzoo.store.MemberStore;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.RunDirectory;

/** Finds and commits a member in its run directory, whoever trained it. */
final class MemberFiles {
  private final MemberPlan plan;
  private final MemberStore store;

  MemberFiles(MemberPlan plan, RunDirectory run) {
    this.plan = plan;
    this.store = new MemberStore(run);
  }

  /** The member, if it is there already; a damaged one is removed. */
  Optional<MemberFile> present(Consumer<String> remarks) throws IOException {
    FoundRecord<MemberStore.Member> found = store.find(plan.id(), plan.seed(), plan.tasks());
    Optional<String> damage = found.damage();
    if (damage.isPresent()) {
      remarks.accept(damage.get() + "; the member was trained again");
      store.discard(plan.id());
    }
    return found.record().map(MemberStore.Member::file);
  }

  /**
   * How the training went.
   *
   * @param taskImages training images that each of the tasks has; null where nobody counted
   * @param executor null where nobody knows
   */
  record Course(
      long trainImages,
      List<Integer> taskImages,
      long startedMillis,
      long finishedMillis,
      List<MemberFile.Epoch> epochs,
      List<MemberFile.Evaluation> evaluations,
      String executor,
      Computation computation) {}

  void commit(float[] parameters, Predictions predictions, Course course) throws IOException {
    store.commit(
        plan.id(),
        out ->
            ModelFile.write(
                plan.networkSpec(), MemberNetwork.initialisation(plan), parameters, out),
        predictions,
        (modelSha256, predictionsSha256) ->
            new MemberFile(
                MemberFile.FORMAT_VERSION,
                plan.id(),
                plan.tasks(),
                plan.seed(),
                course.trainImages(),
                course.startedMillis(),
                course.finishedMillis(),
                course.epochs(),
                modelSha256,
                predictionsSha256,
                course.taskImages(),
                course.executor(),
                course.evaluations(),
                course.computation()));
  }
}
