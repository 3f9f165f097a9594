package org.modelzoo.search.sampler;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.modelzoo.search.space.Choice;

/**
 * Shares of the values of a choice, each counted once more than seen, so that none is impossible.
 */
record ChoiceDensity(Choice choice, double[] shares) implements Density {
  static ChoiceDensity of(Choice choice, double[] places) {
    double[] shares = new double[(int) choice.size()];
    double[] weights = AgeWeights.of(places.length);
    double total = shares.length;
    Arrays.fill(shares, 1);
    for (int i = 0; i < places.length; i++) {
      shares[choice.index(places[i])] += weights[i];
      total += weights[i];
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= total;
    }
    return new ChoiceDensity(choice, shares);
  }

  @Override
  public double draw(RandomGenerator random) {
    double left = random.nextDouble();
    int index = 0;
    while (index < shares.length - 1 && left >= shares[index]) {
      left -= shares[index++];
    }
    return choice.place(index);
  }

  @Override
  public double logAt(double u) {
    return StrictMath.log(shares[choice.index(u)]);
  }
}
