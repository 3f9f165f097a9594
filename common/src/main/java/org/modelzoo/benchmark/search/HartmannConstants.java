package org.modelzoo.benchmark.search;

/** The constants of Hartmann's function in six dimensions (Dixon and Szegö, 1978). */
final class HartmannConstants {
  static final double[] HEIGHTS = {1.0, 1.2, 3.0, 3.2};

  static final double[][] WIDTHS = {
    {10, 3, 17, 3.5, 1.7, 8},
    {0.05, 10, 17, 0.1, 8, 14},
    {3, 3.5, 1.7, 10, 17, 8},
    {17, 8, 0.05, 10, 0.1, 14}
  };

  /** In ten thousandths. */
  static final int[][] CENTRES = {
    {1312, 1696, 5569, 124, 8283, 5886},
    {2329, 4135, 8307, 3736, 1004, 9991},
    {2348, 1451, 3522, 2883, 3047, 6650},
    {4047, 8828, 8732, 5743, 1091, 381}
  };

  private HartmannConstants() {}
}
