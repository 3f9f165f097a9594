package org.modelzoo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.modelzoo.store.StoreFixtures.IDENTITY;
import static org.modelzoo.store.StoreFixtures.commitMember;
import static org.modelzoo.store.StoreFixtures.filesBelow;
import static org.modelzoo.store.StoreFixtures.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run directory on a store of objects that can't elect; S3IT has a real one that can. */
class PuttingStoreTest {
  private static final RunLease.Pace PACE =
      new RunLease.Pace(Duration.ofMillis(20), Duration.ofSeconds(3));

  @TempDir Path directory;
  private RunDirectory run;

  @BeforeEach
  void open() {
    run = RunDirectory.at("objects://" + directory, ObjectsFileSystem.configuration());
  }

  @Test
  void nothingIsRenamedAndNothingElseIsLeft() throws IOException {
    run.create(IDENTITY, "a = 1");
    commitMember(run, "weights", 7);
    run.write("progress.json", new byte[] {1});
    run.write("progress.json", new byte[] {2});

    assertThat(run.identity()).contains(IDENTITY);
    assertThat(new MemberStore(run).find("m1").record()).isPresent();
    assertThat(filesBelow(directory))
        .containsExactly(
            "config.conf",
            "members/m1/model.zip",
            "members/m1/outcome.json",
            "members/m1/predictions.bin",
            "progress.json",
            "run.json");
  }

  @Test
  void contentThatFailsHalfWayIsNeverUploaded() throws IOException {
    run.files().write(run.path("a"), text("old"));
    assertThatThrownBy(
            () ->
                run.files()
                    .write(
                        run.path("a"),
                        out -> {
                          out.write(new byte[1 << 17]);
                          throw new IOException("no more numbers");
                        }))
        .hasMessage("no more numbers");
    assertThat(Files.readString(directory.resolve("a"))).isEqualTo("old");
    assertThat(filesBelow(directory)).containsExactly("a");
  }

  @Test
  void aStoreThatCannotElectSaysSoAtTheStartAndNamesWhatToUpgrade() {
    List<String> remarks = new ArrayList<>();
    RunLease.take(run, driver("a"), PACE, remarks::add).close();

    assertThat(remarks)
        .singleElement()
        .asString()
        .contains("can't choose one of several drivers that start together")
        .contains("hadoop-aws 3.4.2 or newer");
  }

  /** Both uploaded the same lease, and both thought that they had it. */
  @Test
  void aSecondDriverWithTheSameLeaseIsNoticedByTheNextBeat() throws Exception {
    List<String> remarks = new CopyOnWriteArrayList<>();
    try (RunLease first = RunLease.take(run, driver("a"), PACE, remarks::add)) {
      first.fence(run).write("state", "first".getBytes(StandardCharsets.UTF_8));
      LeaseFile second = LeaseFile.of(driver("b"), "2026-01-02T03:04:05Z");
      run.files().write(run.path("lease/000001.json"), out -> out.write(Json.write(second)));

      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (remarks.size() < 2 && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      assertThat(remarks).last().asString().contains("another driver took over the run in");
      assertThatThrownBy(() -> first.fence(run).write("state", new byte[0]))
          .matches(StoreFixtures::isClusterError)
          .hasMessageContaining("another driver took over the run in");
    }
    assertThat(Files.readString(directory.resolve("state"))).isEqualTo("first");
  }

  private static DriverProcess driver(String host) {
    return new DriverProcess(host, "machine of " + host, 1, "");
  }
}
