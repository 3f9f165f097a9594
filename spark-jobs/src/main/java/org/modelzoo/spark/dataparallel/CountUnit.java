package org.modelzoo.spark.dataparallel;

import org.modelzoo.spark.farm.Unit;
import org.modelzoo.spark.farm.UnitContext;
import org.modelzoo.spark.job.MemberUnit;
import org.modelzoo.training.MemberImages;

/** Loads a member's images on an executor and tells how many it is trained on. */
record CountUnit(MemberUnit member) implements Unit<Answer<Integer>> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return member.id() + " images";
  }

  @Override
  public String pool() {
    return member.pool();
  }

  @Override
  public String description() {
    return id() + " are counted";
  }

  @Override
  public Answer<Integer> run(UnitContext context) {
    return Answer.of(() -> MemberImages.load(member.plan(), context.hadoop()).imagesPerEpoch());
  }
}
