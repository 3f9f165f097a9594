package org.modelzoo.report.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.modelzoo.run.LabelledEnsemble;

/** Which test images of a task are shown. */
final class ImageChoice {
  private final LabelledEnsemble guesses;
  private final float[] probabilities;

  ImageChoice(LabelledEnsemble guesses) {
    this.guesses = guesses;
    this.probabilities = guesses.ensemble().probabilities();
  }

  /**
   * An image.
   *
   * @param example its index in the test images
   * @param label the true class within the task
   * @param guess the likeliest class
   * @param probability of that
   */
  record Image(int example, int label, int guess, double probability) {
    boolean isRight() {
      return label == guess;
    }
  }

  /** Right ones: of each class in turn the first. */
  List<Image> right(int count) {
    List<List<Image>> byClass = new ArrayList<>();
    for (int label = 0; label < guesses.classes(); label++) {
      int wanted = label;
      byClass.add(
          all().stream().filter(image -> image.isRight() && image.label() == wanted).toList());
    }
    List<Image> chosen = new ArrayList<>();
    for (int turn = 0; turn < count; turn++) {
      for (List<Image> images : byClass) {
        if (turn < images.size() && chosen.size() < count) {
          chosen.add(images.get(turn));
        }
      }
    }
    return chosen;
  }

  /** Wrong ones, those first of which the ensemble was surest. */
  List<Image> wrong(int count) {
    return all().stream()
        .filter(image -> !image.isRight())
        .sorted(Comparator.comparingDouble(image -> -image.probability()))
        .limit(count)
        .toList();
  }

  private List<Image> all() {
    return IntStream.range(0, guesses.labels().length).mapToObj(this::image).toList();
  }

  private Image image(int example) {
    int likeliest = guesses.ensemble().likeliest(example);
    return new Image(
        example,
        guesses.labels()[example],
        likeliest,
        probabilities[example * guesses.classes() + likeliest]);
  }
}
