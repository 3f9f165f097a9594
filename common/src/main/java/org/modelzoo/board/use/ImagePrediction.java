package org.modelzoo.board.use;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.modelzoo.zoo.DetailedPrediction;

/**
 * What a zoo makes of an image.
 *
 * @param classes all of the task's, the likeliest first
 * @param members those that were trained on the task
 * @param agreement share of the members that find the same class likeliest
 * @param millis that it took, loading included where the zoo had to be loaded
 */
public record ImagePrediction(
    String task, List<ClassShare> classes, List<Opinion> members, double agreement, long millis) {
  public ImagePrediction {
    classes = List.copyOf(classes);
    members = List.copyOf(members);
  }

  /** How likely a class is. */
  public record ClassShare(String name, float probability) {}

  /**
   * What a member says.
   *
   * @param className the class that it finds likeliest
   * @param probability of that class, by this member alone
   */
  public record Opinion(
      String member, @JsonProperty("class") String className, float probability) {}

  static ImagePrediction of(String task, DetailedPrediction found, long millis) {
    return new ImagePrediction(
        task,
        IntStream.range(0, found.classes().size())
            .mapToObj(
                label ->
                    new ClassShare(
                        found.classes().get(label), found.prediction().probabilities()[label]))
            .sorted(Comparator.comparing(ClassShare::probability).reversed())
            .toList(),
        found.members().stream()
            .map(it -> new Opinion(it.member(), it.className(), it.probability()))
            .toList(),
        found.prediction().agreement(),
        millis);
  }
}
