package org.modelzoo.boosting.compaction;

import java.util.SortedMap;
import org.modelzoo.boosting.Score;

/**
 * A task's ensemble of some members.
 *
 * @param averaged the zoo's own weights of the members left
 * @param weighted the fitted ones, or the zoo's own where the fitted ones cost accuracy
 * @param chosenOn score of the weighted ensemble on the images to choose by
 * @param averagedOn score of the averaged ensemble on them
 * @param test score of the weighted ensemble on the test images
 * @param averagedTest score of the averaged ensemble on them
 */
record SizedTask(
    SortedMap<Integer, Double> averaged,
    SortedMap<Integer, Double> weighted,
    Score chosenOn,
    Score averagedOn,
    Score test,
    Score averagedTest) {
  static SizedTask of(TaskOutputs chooseBy, TaskOutputs test, SortedMap<Integer, Double> averaged) {
    SortedMap<Integer, Double> fitted = MixtureWeights.fit(chooseBy, averaged);
    Score fittedOn = chooseBy.score(fitted);
    Score averagedOn = chooseBy.score(averaged);
    boolean asAccurate = fittedOn.accuracy() >= averagedOn.accuracy();
    SortedMap<Integer, Double> weighted = asAccurate ? fitted : averaged;
    return new SizedTask(
        averaged,
        weighted,
        asAccurate ? fittedOn : averagedOn,
        averagedOn,
        test.score(weighted),
        test.score(averaged));
  }
}
