package org.modelzoo.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.modelzoo.store.MemberFile;

class ProgressMeterTest {
  private final List<MemberProgress> heard = new ArrayList<>();
  private long nanos = 5_000_000_000L;
  private final ProgressMeter meter = new ProgressMeter(3, 100, heard::add, () -> nanos);

  private void batchAfter(double seconds, int size, double loss, int correct) {
    nanos += (long) (seconds * 1e9);
    meter.batch(size, loss, correct);
  }

  @Test
  void reportsMeansOverTheEpochAndImagesOverAllEpochs() {
    meter.startEpoch(0);
    batchAfter(0.1, 60, 2.0, 30);
    batchAfter(0.9, 40, 1.0, 40);
    // 100 images in 1 s; (60 · 2 + 40 · 1) / 100; (30 + 40) / 100
    assertThat(heard).containsExactly(new MemberProgress(1, 3, 100, 0, 300, 1.6, 0.7, 100));

    assertThat(meter.endEpoch()).isEqualTo(new MemberFile.Epoch(1.6, 0.7));
    meter.startEpoch(1);
    batchAfter(3, 20, 0.5, 20);
    assertThat(heard).last().isEqualTo(new MemberProgress(2, 3, 120, 0, 300, 0.5, 1, 30));
  }

  @Test
  void speedOfAContinuedMemberCountsOnlyWhatWasTrainedHere() {
    meter.startEpoch(2);
    batchAfter(2, 50, 1, 0);

    assertThat(heard).containsExactly(new MemberProgress(3, 3, 250, 200, 300, 1, 0, 25));
  }

  @Test
  void reportsTwiceASecondAndAtTheEndOfAnEpoch() {
    meter.startEpoch(0);
    for (int i = 0; i < 10; i++) {
      batchAfter(0.125, 10, 1, 1);
    }
    assertThat(heard).extracting(MemberProgress::imagesDone).containsExactly(40L, 80L);

    meter.endEpoch();
    assertThat(heard).extracting(MemberProgress::imagesDone).containsExactly(40L, 80L, 100L);
  }

  @Test
  void speedIsFiniteEvenWhereTheClockStandsStill() {
    meter.startEpoch(0);
    batchAfter(0, 100, 1, 1);
    meter.endEpoch();

    assertThat(heard.get(0).imagesPerSecond()).isFinite();
  }
}
