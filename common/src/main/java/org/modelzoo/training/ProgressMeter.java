package org.modelzoo.training;

import java.util.function.LongSupplier;
import org.modelzoo.store.MemberFile;

/** Adds up an epoch's losses and tells the listener a few times a second. */
final class ProgressMeter {
  private static final long INTERVAL_NANOS = 500_000_000L;

  private final int epochs;
  private final long imagesPerEpoch;
  private final MemberListener listener;
  private final LongSupplier nanoTime;
  private final long started;
  private long reported;
  private int epoch;
  private long imagesHere;
  private long imagesInEpoch;
  private double lossSum;
  private long correct;

  ProgressMeter(int epochs, long imagesPerEpoch, MemberListener listener) {
    this(epochs, imagesPerEpoch, listener, System::nanoTime);
  }

  ProgressMeter(int epochs, long imagesPerEpoch, MemberListener listener, LongSupplier nanoTime) {
    this.epochs = epochs;
    this.imagesPerEpoch = imagesPerEpoch;
    this.listener = listener;
    this.nanoTime = nanoTime;
    this.started = nanoTime.getAsLong();
    this.reported = started;
  }

  void startEpoch(int index) {
    epoch = index;
    imagesInEpoch = 0;
    lossSum = 0;
    correct = 0;
  }

  /** Counts what was trained in this epoch before a checkpoint. */
  void restore(EpochPart part) {
    imagesInEpoch = part.images();
    lossSum = part.lossSum();
    correct = part.correct();
  }

  /** What the epoch has come to. */
  EpochPart part(int step, long[] dropout) {
    return new EpochPart(step, imagesInEpoch, lossSum, correct, dropout);
  }

  void batch(int size, double loss, int correctHere) {
    imagesHere += size;
    imagesInEpoch += size;
    lossSum += loss * size;
    correct += correctHere;
    if (nanoTime.getAsLong() - reported >= INTERVAL_NANOS) {
      report();
    }
  }

  MemberFile.Epoch endEpoch() {
    report();
    return new MemberFile.Epoch(lossSum / imagesInEpoch, (double) correct / imagesInEpoch);
  }

  private void report() {
    reported = nanoTime.getAsLong();
    long done = epoch * imagesPerEpoch + imagesInEpoch;
    listener.progress(
        new MemberProgress(
            epoch + 1,
            epochs,
            done,
            done - imagesHere,
            epochs * imagesPerEpoch,
            lossSum / imagesInEpoch,
            (double) correct / imagesInEpoch,
            imagesHere * 1e9 / Math.max(1, reported - started)));
  }
}
