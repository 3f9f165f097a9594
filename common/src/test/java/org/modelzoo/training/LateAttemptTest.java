package org.modelzoo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.modelzoo.training.TrainingFixtures.plan;
import static org.modelzoo.training.TrainingFixtures.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.store.Checksum;

/**
 * An attempt that was given up as hung and comes back to life while, or after, another one works.
 */
class LateAttemptTest {
  private static final MemberOutcome COMPLETED = new MemberOutcome.Completed(List.of());
  private static final MemberPlan PLAN = plan(training(3, 8, 0.1, 1));

  @TempDir Path directory;

  @Test
  void changesNothingThatItsSuccessorCommitted() throws Exception {
    MemberRun late = new MemberRun(PLAN, directory);
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch comesBack = new CountDownLatch(1);
    CompletableFuture<MemberOutcome> outcome =
        CompletableFuture.supplyAsync(
            () ->
                late.train(
                    () -> {
                      if (late.heard().stream().anyMatch(progress -> progress.epoch() == 2)) {
                        hangs.countDown();
                        await(comesBack);
                      }
                      return false;
                    }));
    await(hangs);
    assertThat(new MemberRun(PLAN, directory).train()).isEqualTo(COMPLETED);
    SortedMap<String, String> committed = checksums();

    comesBack.countDown();
    assertThat(outcome.get(60, TimeUnit.SECONDS)).isEqualTo(COMPLETED);
    assertThat(checksums()).hasSize(3).containsKey("members/m/model.zip").isEqualTo(committed);
  }

  private SortedMap<String, String> checksums() throws IOException {
    SortedMap<String, String> checksums = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        checksums.put(directory.relativize(file).toString(), Checksum.of(Files.readAllBytes(file)));
      }
    }
    return checksums;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
