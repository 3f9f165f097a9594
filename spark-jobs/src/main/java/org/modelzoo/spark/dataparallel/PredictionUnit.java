package org.modelzoo.spark.dataparallel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.modelzoo.network.Network;
import org.modelzoo.spark.farm.Unit;
import org.modelzoo.spark.farm.UnitContext;
import org.modelzoo.spark.job.MemberUnit;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.training.Evaluation;
import org.modelzoo.training.MemberImages;
import org.modelzoo.training.MemberPlan;

/**
 * Predicts a part of the images of a member's tasks with the parameters of the moment; gives the
 * bytes of a predictions file.
 *
 * @param number of predictions of this member before
 */
record PredictionUnit(
    MemberUnit member,
    int number,
    List<Split> splits,
    int part,
    int parts,
    Broadcast<float[]> parameters)
    implements Unit<Answer<byte[]>> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "%s predictions %d part %d".formatted(member.id(), number, part);
  }

  @Override
  public String pool() {
    return member.pool();
  }

  @Override
  public String description() {
    return id() + " of " + parts;
  }

  @Override
  public Answer<byte[]> run(UnitContext context) {
    return Answer.of(() -> predicted(context));
  }

  private byte[] predicted(UnitContext context) {
    MemberPlan plan = member.plan();
    MemberImages images = MemberImages.load(plan, context.hadoop());
    Network network = IdleReplicas.take(plan, context.device());
    try {
      network.restore(parameters.value(), new float[parameters.value().length]);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      new Evaluation(plan, network).part(images.tasks(), splits, part, parts).writeTo(bytes);
      IdleReplicas.giveBack(plan, context.device(), network);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
