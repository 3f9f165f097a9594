package org.modelzoo.training;

import org.modelzoo.store.MemberFile;

/** Adds up an epoch's losses and tells the listener a few times a second. */
final class ProgressMeter {
  private static final long INTERVAL_NANOS = 500_000_000L;

  private final int epochs;
  private final long imagesPerEpoch;
  private final MemberListener listener;
  private final long started = System.nanoTime();
  private long reported = started;
  private int epoch;
  private long imagesHere;
  private long imagesInEpoch;
  private double lossSum;
  private long correct;

  ProgressMeter(int epochs, long imagesPerEpoch, MemberListener listener) {
    this.epochs = epochs;
    this.imagesPerEpoch = imagesPerEpoch;
    this.listener = listener;
  }

  void startEpoch(int index) {
    epoch = index;
    imagesInEpoch = 0;
    lossSum = 0;
    correct = 0;
  }

  void batch(int size, double loss, int correctHere) {
    imagesHere += size;
    imagesInEpoch += size;
    lossSum += loss * size;
    correct += correctHere;
    if (System.nanoTime() - reported >= INTERVAL_NANOS) {
      report();
    }
  }

  MemberFile.Epoch endEpoch() {
    report();
    return new MemberFile.Epoch(lossSum / imagesInEpoch, (double) correct / imagesInEpoch);
  }

  private void report() {
    reported = System.nanoTime();
    listener.progress(
        new MemberProgress(
            epoch + 1,
            epochs,
            epoch * imagesPerEpoch + imagesInEpoch,
            epochs * imagesPerEpoch,
            lossSum / imagesInEpoch,
            (double) correct / imagesInEpoch,
            imagesHere * 1e9 / (reported - started)));
  }
}
