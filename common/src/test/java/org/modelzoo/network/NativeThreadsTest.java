package org.modelzoo.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelzoo.config.ImageShape;
import org.modelzoo.network.dl4j.SgdTrainer;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

class NativeThreadsTest {
  private static final Path TASKS = Path.of("/proc/self/task");

  @Test
  void blasLibraryStartsNoThreadsOfItsOwn() {
    NativeThreads.use(2);

    assertThat(Nd4j.factory().blas().getMaxThreads()).isEqualTo(1);
    assertThat(NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads()).isEqualTo(2);
  }

  /** OpenMP's threads bear the name of the thread that they help. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void memberIsTrainedByAsManyThreadsAsItsTaskHas(int threads) throws Exception {
    assumeTrue(Files.isDirectory(TASKS), "threads can't be listed on this system");
    NativeThreads.use(threads);
    trainAStep(); // libraries start threads of their own when they are loaded
    String name = "member-on-" + threads;
    ExecutorService slot = Executors.newSingleThreadExecutor(task -> new Thread(task, name));
    try {
      Callable<Long> member =
          () -> {
            NativeThreads.use(threads);
            trainAStep();
            return threadsNamed(name);
          };
      assertThat(slot.submit(member).get()).isEqualTo(threads);
    } finally {
      slot.shutdown();
    }
  }

  private static void trainAStep() {
    NetworkSpec spec = new NetworkSpec("wrn-10-1", 0.2, new ImageShape(16, 16, 3), List.of(5));
    float[] images = new float[8 * spec.input().size()];
    try (SgdTrainer trainer = new SgdTrainer(Networks.build(spec, 1), spec, 0.9, 0)) {
      trainer.step(images, new int[8], new int[8], 8, 0.1);
    }
  }

  private static long threadsNamed(String name) throws IOException {
    try (Stream<Path> tasks = Files.list(TASKS)) {
      return tasks.filter(task -> nameOf(task).equals(name)).count();
    }
  }

  private static String nameOf(Path task) {
    try {
      return Files.readString(task.resolve("comm")).trim();
    } catch (IOException e) {
      return ""; // it has ended
    }
  }
}
