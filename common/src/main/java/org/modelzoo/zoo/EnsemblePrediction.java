package org.modelzoo.zoo;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.modelzoo.boosting.TaskEnsemble;

/** What the members of a task and their ensemble say of some images. */
final class EnsemblePrediction {
  private final List<String> classes;
  private final List<ZooManifest.Member> members;
  private final TaskEnsemble ensemble;
  private final List<float[]> outputs;

  /**
   * @param outputs [images, classes] of each member
   */
  EnsemblePrediction(ZooManifest manifest, int task, TaskEnsemble ensemble, List<float[]> outputs) {
    this.classes = manifest.tasks().get(task).classes();
    this.members = manifest.membersOf(task);
    this.ensemble = ensemble;
    this.outputs = outputs;
  }

  List<Prediction> predictions() {
    float[] probabilities = ensemble.probabilities();
    return IntStream.range(0, probabilities.length / classes.size())
        .mapToObj(image -> prediction(image, probabilities))
        .toList();
  }

  /** Of one image, with what each member says of it. */
  DetailedPrediction detailed(int image) {
    int begin = image * classes.size();
    return new DetailedPrediction(
        classes,
        prediction(image, ensemble.probabilities()),
        IntStream.range(0, members.size())
            .mapToObj(i -> opinion(members.get(i).id(), outputs.get(i), begin))
            .toList());
  }

  private DetailedPrediction.Opinion opinion(String member, float[] output, int begin) {
    int label = likeliest(output, begin);
    return new DetailedPrediction.Opinion(member, classes.get(label), output[begin + label]);
  }

  private Prediction prediction(int image, float[] probabilities) {
    int begin = image * classes.size();
    int label = ensemble.likeliest(image);
    return new Prediction(
        classes.get(label),
        label,
        probabilities[begin + label],
        Arrays.copyOfRange(probabilities, begin, begin + classes.size()),
        outputs.isEmpty() ? 1 : share(begin, label));
  }

  private double share(int begin, int label) {
    long alike = outputs.stream().filter(output -> likeliest(output, begin) == label).count();
    return (double) alike / outputs.size();
  }

  private int likeliest(float[] output, int begin) {
    int best = 0;
    for (int label = 1; label < classes.size(); label++) {
      if (output[begin + label] > output[begin + best]) {
        best = label;
      }
    }
    return best;
  }
}
