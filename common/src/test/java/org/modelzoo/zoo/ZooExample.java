package org.modelzoo.zoo;

import java.io.PrintStream;

/** The example of docs/using-a-zoo.md, but for the place of the zoo. */
final class ZooExample {
  private ZooExample() {}

  static void predict(String location, byte[] bytes, PrintStream out) {
    try (Zoo zoo = Zoo.load(location)) {
      Prediction prediction = zoo.predict("family-1-task-1", new Picture.File(bytes));
      out.printf(
          "%s, probability %.2f, %.0f %% of the members agree%n",
          prediction.className(), prediction.probability(), 100 * prediction.agreement());
    }
  }
}
