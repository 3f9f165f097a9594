package org.modelzoo.network.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.modelzoo.config.ImageShape;
import org.modelzoo.config.Precision;
import org.modelzoo.network.Device;
import org.modelzoo.network.Engine.Settings;
import org.modelzoo.network.NativeThreads;
import org.modelzoo.network.Network;
import org.modelzoo.network.NetworkSpec;
import org.modelzoo.network.Networks;

class TorchMemoryTest {
  private static final ImageShape SHAPE = new ImageShape(8, 8, 3);
  private static final NetworkSpec SPEC = new NetworkSpec("wrn-10-1", 0.3, SHAPE, List.of(2, 3));
  private static final Settings SETTINGS = new Settings(0.9, 1e-5, Precision.FLOAT32);
  private static final int SIZE = 2;
  private static final long MEGABYTE = 1 << 20;

  private final float[] features = new float[SIZE * SHAPE.size()];

  private Network open() {
    float[] parameters = Networks.initialParameters(SPEC, 1);
    return new TorchEngine().open(SPEC, parameters, SETTINGS, Device.processor(1));
  }

  private void steps(Network network, int count) {
    for (int step = 0; step < count; step++) {
      network.step(features, new int[] {0, 1}, new int[] {1, 2}, SIZE - step % 2, 0.01);
      if (step % 50 == 0) {
        network.drain();
        network.probabilities(features, SIZE, 0);
      }
    }
  }

  /** One forgotten array of 8 kB a step would be 16 MB. */
  @Test
  void twoThousandStepsHoldNoMoreThanTheFirst() {
    hold(2000, 12 * MEGABYTE);
  }

  @Test
  @Tag("full")
  void tenThousandStepsHoldNoMoreThanTheFirst() {
    hold(10_000, 12 * MEGABYTE);
  }

  private void hold(int count, long bound) {
    NativeThreads.use(1);
    try (Network network = open()) {
      steps(network, 1000);
      System.gc();
      long pointers = Pointer.totalCount();
      long bytes = outsideTheHeap();
      steps(network, count);
      System.gc();
      assertThat(Pointer.totalCount()).isLessThanOrEqualTo(pointers);
      System.err.println("GREW " + (outsideTheHeap() - bytes));
      assertThat(outsideTheHeap() - bytes).isLessThan(bound);
    }
  }

  private static long outsideTheHeap() {
    return Pointer.physicalBytes() - Runtime.getRuntime().totalMemory();
  }

  @Test
  void aClosedNetworkLeavesNothing() {
    NativeThreads.use(1);
    long before = 0;
    for (int i = 0; i < 5; i++) {
      try (Network network = open();
          Network twin = network.twin()) {
        network.seedDropout(i);
        steps(network, 2);
        twin.probabilities(features, SIZE, 1);
        network.restore(network.parameters(), network.momentum());
      }
      System.gc();
      if (i == 2) {
        before = Pointer.totalCount();
      }
    }
    assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
  }
}
