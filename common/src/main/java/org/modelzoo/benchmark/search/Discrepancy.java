package org.modelzoo.benchmark.search;

import java.util.List;

/** How unevenly points cover the unit cube. */
public final class Discrepancy {
  private Discrepancy() {}

  /** The centred L2 discrepancy (Hickernell, 1998), CD₂; 0 is perfectly even. */
  public static double centred(List<double[]> points) {
    int n = points.size();
    double single = 0;
    double pairs = 0;
    for (double[] x : points) {
      double product = 1;
      for (double u : x) {
        double distance = Math.abs(u - 0.5);
        product *= 1 + distance / 2 - distance * distance / 2;
      }
      single += product;
      for (double[] y : points) {
        pairs += pair(x, y);
      }
    }
    double constant = Math.pow(13.0 / 12, points.get(0).length);
    return Math.sqrt(constant - 2 * single / n + pairs / n / n);
  }

  private static double pair(double[] x, double[] y) {
    double product = 1;
    for (int i = 0; i < x.length; i++) {
      product *=
          1 + Math.abs(x[i] - 0.5) / 2 + Math.abs(y[i] - 0.5) / 2 - Math.abs(x[i] - y[i]) / 2;
    }
    return product;
  }
}
