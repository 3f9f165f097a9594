package org.modelzoo.spark.dataparallel;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.job.MemberUnit;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.Predictions.Block;
import org.modelzoo.store.Predictions.Split;

/** What executors do for a data-parallel member beside training it. Lives on the driver. */
final class SharedUnits {
  private final JavaSparkContext spark;
  private final Farm farm;
  private final MemberUnit member;
  private int predictions;

  SharedUnits(JavaSparkContext spark, Farm farm, MemberUnit member) {
    this.spark = spark;
    this.farm = farm;
    this.member = member;
  }

  int imagesPerEpoch() {
    return result(farm.submit(new CountUnit(member))).value();
  }

  /** Every worker predicts its part of each task's images. */
  Predictions predict(float[] current, List<Split> splits) {
    int parts = member.plan().training().dataParallel().workers();
    Broadcast<float[]> parameters = spark.broadcast(current);
    try {
      int number = predictions++;
      List<CompletableFuture<Answer<byte[]>>> units = new ArrayList<>();
      for (int part = 0; part < parts; part++) {
        units.add(
            farm.submit(
                new PredictionUnit(member, number, List.copyOf(splits), part, parts, parameters)));
      }
      List<Predictions> answers = new ArrayList<>();
      for (CompletableFuture<Answer<byte[]>> unit : units) {
        answers.add(Predictions.read(result(unit).value(), member.id()));
      }
      return joined(answers);
    } catch (IOException e) {
      throw new IllegalStateException("predictions of " + member.id() + " can't be read", e);
    } finally {
      parameters.destroy();
    }
  }

  private static <T extends Serializable> Answer<T> result(CompletableFuture<Answer<T>> unit) {
    try {
      Answer<T> answer = unit.join();
      answer.requireSuccess();
      return answer;
    } catch (CompletionException e) {
      throw e.getCause() instanceof ModelZooException known ? known : e;
    }
  }

  /** The parts of each block one behind the other. */
  static Predictions joined(List<Predictions> parts) {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < parts.get(0).blocks().size(); i++) {
      int index = i;
      blocks.add(joinedBlocks(parts.stream().map(part -> part.blocks().get(index)).toList()));
    }
    return new Predictions(List.copyOf(blocks));
  }

  private static Block joinedBlocks(List<Block> parts) {
    short[] labels = new short[parts.stream().mapToInt(part -> part.labels().length).sum()];
    Block first = parts.get(0);
    float[] probabilities = new float[labels.length * first.classes()];
    int images = 0;
    for (Block part : parts) {
      System.arraycopy(part.labels(), 0, labels, images, part.labels().length);
      System.arraycopy(
          part.probabilities(),
          0,
          probabilities,
          images * first.classes(),
          part.probabilities().length);
      images += part.labels().length;
    }
    return new Block(first.task(), first.split(), first.classes(), labels, probabilities);
  }
}
