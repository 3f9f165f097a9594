package org.modelzoo.spark.job;

import java.util.function.Consumer;
import org.modelzoo.spark.event.Place;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.store.MemberFile;
import org.modelzoo.training.MemberListener;
import org.modelzoo.training.MemberProgress;

/**
 * Tells of a member in training as events of its run. Runs where the member is trained.
 *
 * @param to hears them; all can be sent to the driver
 */
public record MemberEvents(MemberUnit unit, Place place, Consumer<RunEvent.FromTraining> to)
    implements MemberListener {
  @Override
  public void progress(MemberProgress progress) {
    to.accept(new RunEvent.MemberProgressed(unit.method(), unit.plan().id(), progress, place));
  }

  @Override
  public void evaluated(MemberFile.Evaluation evaluation, long images) {
    to.accept(
        new RunEvent.MemberEvaluated(
            unit.method(),
            unit.plan().id(),
            unit.tasks(),
            unit.plan().training().epochs(),
            images,
            evaluation));
  }
}
