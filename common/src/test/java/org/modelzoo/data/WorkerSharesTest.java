package org.modelzoo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.modelzoo.data.WorkerShares.Places;

class WorkerSharesTest {
  @Property
  void everyImageOfAnEpochGoesToOneWorkerOnce(
      @ForAll @IntRange(min = 1, max = 500) int images,
      @ForAll @IntRange(min = 1, max = 9) int workers,
      @ForAll @IntRange(min = 2, max = 33) int batch) {
    WorkerShares shares = new WorkerShares(images, workers, batch);

    List<Integer> places = new ArrayList<>();
    for (int step = 0; step < shares.steps(); step++) {
      for (int worker = 0; worker < workers; worker++) {
        Places share = shares.share(step, worker);
        IntStream.range(share.begin(), share.end()).forEach(places::add);
      }
    }

    assertThat(places).containsExactlyElementsOf(IntStream.range(0, images).boxed().toList());
  }

  @Property
  void noWorkerGetsASingleImageWhereTwoAreLeft(
      @ForAll @IntRange(min = 2, max = 500) int images,
      @ForAll @IntRange(min = 1, max = 9) int workers,
      @ForAll @IntRange(min = 2, max = 33) int batch) {
    WorkerShares shares = new WorkerShares(images, workers, batch);

    // Batches of two images, which one worker may have, can leave one over.
    for (int step = 0; step < shares.steps() && workers * batch > 2; step++) {
      for (int worker = 0; worker < workers; worker++) {
        assertThat(shares.share(step, worker).size()).isNotEqualTo(1);
      }
    }
  }

  @Test
  void aFullBatchIsCutIntoEqualSharesInTheOrderOfTheWorkers() {
    WorkerShares shares = new WorkerShares(100, 4, 8);

    assertThat(IntStream.range(0, 4).mapToObj(worker -> shares.share(1, worker)))
        .containsExactly(
            new Places(32, 40), new Places(40, 48), new Places(48, 56), new Places(56, 64));
  }

  @Test
  void whatIsLeftIsSpreadOverAsManyWorkersAsGetTwoImages() {
    WorkerShares shares = new WorkerShares(37, 4, 8);

    assertThat(shares.steps()).isEqualTo(2);
    assertThat(IntStream.range(0, 4).mapToObj(worker -> shares.share(1, worker)))
        .containsExactly(
            new Places(32, 34), new Places(34, 37), new Places(37, 37), new Places(37, 37));
  }
}
