package org.modelzoo.boosting.compaction;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.modelzoo.boosting.compaction.TaskOutputs.Output;

/** Outputs of a zoo whose members know more or less, drawn from a seed. */
record RandomZoo(List<TaskOutputs> chooseBy, List<TaskOutputs> test, List<Long> bytes) {
  private static final int CLASSES = 3;

  /** Every task has at least one of the members. */
  static RandomZoo of(long seed, int tasks, int members, int examples) {
    Random random = new Random(seed);
    List<TaskOutputs> chooseBy = new ArrayList<>();
    List<TaskOutputs> test = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      List<Integer> trained = new ArrayList<>();
      for (int member = 0; member < members; member++) {
        trained.add(member);
      }
      Collections.shuffle(trained, random);
      trained = new ArrayList<>(trained.subList(0, 1 + random.nextInt(members)));
      Collections.sort(trained);
      List<Double> weights = new ArrayList<>();
      List<Double> skills = new ArrayList<>();
      for (int i = 0; i < trained.size(); i++) {
        weights.add(random.nextInt(4) == 0 ? 2.0 : 1.0);
        skills.add(3 * random.nextDouble());
      }
      chooseBy.add(task(random, trained, weights, skills, examples));
      test.add(task(random, trained, weights, skills, examples + 1));
    }
    List<Long> bytes = new ArrayList<>();
    for (int member = 0; member < members; member++) {
      bytes.add(100L + random.nextInt(50));
    }
    return new RandomZoo(chooseBy, test, bytes);
  }

  private static TaskOutputs task(
      Random random,
      List<Integer> members,
      List<Double> weights,
      List<Double> skills,
      int examples) {
    short[] labels = new short[examples];
    for (int i = 0; i < examples; i++) {
      labels[i] = (short) random.nextInt(CLASSES);
    }
    List<Output> outputs = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      outputs.add(
          new Output(members.get(i), weights.get(i), softmax(random, labels, skills.get(i))));
    }
    return new TaskOutputs(CLASSES, labels, outputs);
  }

  private static float[] softmax(Random random, short[] labels, double skill) {
    float[] probabilities = new float[labels.length * CLASSES];
    for (int example = 0; example < labels.length; example++) {
      double[] exponentials = new double[CLASSES];
      double total = 0;
      for (int label = 0; label < CLASSES; label++) {
        double logit = 2 * random.nextGaussian() + (label == labels[example] ? skill : 0);
        exponentials[label] = Math.exp(logit);
        total += exponentials[label];
      }
      for (int label = 0; label < CLASSES; label++) {
        probabilities[example * CLASSES + label] = (float) (exponentials[label] / total);
      }
    }
    return probabilities;
  }
}
