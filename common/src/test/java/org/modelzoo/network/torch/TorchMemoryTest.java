package org.modelzoo.network.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
  private static final float[] PARAMETERS = Networks.initialParameters(SPEC, 1);
  private static final long MEGABYTE = 1 << 20;

  private static final float[] FEATURES = new float[SIZE * SHAPE.size()];

  private static Network open() {
    return new TorchEngine().open(SPEC, PARAMETERS, SETTINGS, Device.processor(1));
  }

  private static void steps(Network network, int count) {
    for (int step = 0; step < count; step++) {
      network.step(FEATURES, new int[] {0, 1}, new int[] {1, 2}, SIZE - step % 2, 0.01);
      if (step % 50 == 0) {
        network.drain();
        network.probabilities(FEATURES, SIZE, 0);
      }
    }
  }

  /** One forgotten array of 8 kB a step would be 16 MB. */
  @Test
  void twoThousandStepsHoldNoMoreThanTheFirst() throws Exception {
    assertThat(grown(2000)).isLessThan(8 * MEGABYTE);
  }

  @Test
  @Tag("full")
  void tenThousandStepsHoldNoMoreThanTheFirst() throws Exception {
    assertThat(grown(10_000)).isLessThan(8 * MEGABYTE);
  }

  /**
   * Bytes by which a process grows in so many steps: one whose heap is all there from the start,
   * and whose compiler, collector and allocator take little of their own.
   */
  private static long grown(int steps) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms128m",
                "-Xmx128m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Probe.class.getName(),
                Integer.toString(steps))
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("MALLOC_ARENA_MAX", "1");
    Process process = builder.start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    return Long.parseLong(printed.substring(printed.lastIndexOf('\n') + 1));
  }

  /** Prints by how many bytes the process has grown since its first thousand steps. */
  static final class Probe {
    public static void main(String[] arguments) {
      NativeThreads.use(1);
      try (Network network = open()) {
        steps(network, 1000);
        long pointers = Pointer.totalCount();
        long bytes = Pointer.physicalBytes();
        steps(network, Integer.parseInt(arguments[0]));
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(pointers);
        System.out.println(Pointer.physicalBytes() - bytes);
      }
    }

    private Probe() {}
  }

  @Test
  void aClosedNetworkLeavesNothing() {
    NativeThreads.use(1);
    for (int i = 0; i < 5; i++) {
      long before = Pointer.totalCount();
      try (Network network = open();
          Network twin = network.twin()) {
        network.seedDropout(i);
        steps(network, 2);
        twin.probabilities(FEATURES, SIZE, 1);
        network.restore(network.parameters(), network.momentum());
      }
      if (i > 0) { // what the process keeps for good is there
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
      }
    }
  }
}
