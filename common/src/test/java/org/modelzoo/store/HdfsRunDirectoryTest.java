package org.modelzoo.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.modelzoo.store.StoreFixtures.IDENTITY;
import static org.modelzoo.store.StoreFixtures.commitMember;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.protocol.HdfsConstants.SafeModeAction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The run directory on a real HDFS: one name node and one data node in this process. */
class HdfsRunDirectoryTest {
  @TempDir static Path disk;

  private static MiniDFSCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, disk.toString());
    cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    cluster.waitActive();
  }

  @AfterAll
  static void stop() {
    cluster.shutdown(/* deleteDfsDir= */ true);
  }

  private static RunDirectory run(String name) {
    return RunDirectory.at(cluster.getURI() + "/runs/" + name, cluster.getConfiguration(0));
  }

  @Test
  void remembersARun() {
    run("a").create(IDENTITY, "x = 1");

    assertThat(run("a").identity()).contains(IDENTITY);
    assertThat(run("a").configuration()).isEqualTo("x = 1");
    assertThat(run("b").identity()).isEmpty();
    assertThat(run("a").location()).isEqualTo(cluster.getURI() + "/runs/a");
  }

  @Test
  void replacesFilesAndListsFinishedOnesOnly() throws IOException {
    RunDirectory run = run("files");
    run.write("tables/b.csv", "old".getBytes(UTF_8));
    run.write("tables/a.csv", "a".getBytes(UTF_8));
    run.files()
        .write(
            run.path("tables/b.csv"),
            out -> {
              out.write("new".getBytes(UTF_8));
              assertThat(run.files().read(run.path("tables/b.csv"))).asString().isEqualTo("old");
              assertThat(run.files().list(run.path("tables"))).containsExactly("a.csv", "b.csv");
            });

    assertThat(run.files().read(run.path("tables/b.csv"))).asString().isEqualTo("new");
    assertThat(entries(run, "tables")).containsExactly("a.csv", "b.csv");
  }

  @Test
  void keepsTheOldFileWhenTheWriterFails() throws IOException {
    RunDirectory run = run("failing");
    run.write("tables/a.csv", "old".getBytes(UTF_8));

    assertThatThrownBy(
            () ->
                run.files()
                    .write(
                        run.path("tables/a.csv"),
                        out -> {
                          out.write(1);
                          throw new IOException("no more numbers");
                        }))
        .hasMessage("no more numbers");

    assertThat(run.files().read(run.path("tables/a.csv"))).asString().isEqualTo("old");
    assertThat(entries(run, "tables")).containsExactly("a.csv");
  }

  @Test
  void keepsTheFirstOfTwoCommitsOfAMember() throws IOException {
    RunDirectory run = run("members");
    commitMember(run, "first", 1);
    commitMember(run, "second", 2);

    FoundRecord<MemberStore.Member> found = new MemberStore(run).find("m1");
    assertThat(found.record().orElseThrow().file().seed()).isEqualTo(1);
    assertThat(run.files().list(run.path("members"))).containsExactly("m1");
    assertThat(entries(run, "members")).containsExactly("m1");

    new MemberStore(run).discard("m1");
    assertThat(new MemberStore(run).find("m1").record()).isEmpty();
  }

  @Test
  void oneDriverAtATimeWorksOnARun() throws IOException {
    RunDirectory run = run("lease");
    RunLease.take(run, remark -> {}).close();
    try (RunLease first = RunLease.take(run, remark -> {})) {
      assertThatThrownBy(() -> RunLease.take(run, remark -> {}))
          .matches(StoreFixtures::isClusterError)
          .hasMessageStartingWith("another driver works on the run in " + run.location());
      first.requireHeld();
    }
    assertThat(entries(run, "lease")).containsExactly("000002-000001.json", "000002.json");
  }

  @Test
  void aStaleLeaseIsFollowedByOneDriver() throws IOException {
    RunDirectory run = run("stale");
    DriverProcess killed = new DriverProcess("gone", "another machine", 1, "");
    LeaseStore leases = new LeaseStore(run);
    LeaseFile lease = LeaseFile.of(killed, "2026-01-02T03:04:05Z");
    assertThat(leases.create(1, lease)).isTrue();
    assertThat(leases.create(1, lease)).isFalse();
    assertThat(leases.age(1)).isGreaterThanOrEqualTo(Duration.ZERO);
    try (FileSystem files = cluster.getNewFileSystemInstance(0)) {
      files.setTimes(run.path("lease/000001.json"), 1, -1);
    }
    List<String> remarks = new ArrayList<>();
    RunLease.take(run, remarks::add).close();
    assertThat(remarks).singleElement().asString().contains("takes over the run", "host gone");
    assertThat(entries(run, "lease")).containsExactly("000002-000001.json", "000002.json");
  }

  @Test
  void linesOfALogStayInOrderWhenADriverTakesOver() throws IOException {
    RunDirectory run = run("log");
    DriverProcess killed = new DriverProcess("gone", "another machine", 1, "");
    RunLease lost = RunLease.take(run, killed, RunLease.Pace.USUAL, remark -> {});
    LineLog old = LineLog.ofStudy(lost.fence(run));
    old.open();
    old.add("a\n");
    old.add("b\n");
    assertThat(LineLog.ofStudy(run).read()).isEqualTo("a\nb\n");
    RunLease.Pace impatient = new RunLease.Pace(Duration.ofHours(1), Duration.ZERO);
    try (RunLease lease = RunLease.take(run, DriverProcess.here(), impatient, remark -> {})) {
      LineLog young = LineLog.ofStudy(lease.fence(run));
      young.open();
      young.add("c\n");
      assertThatThrownBy(() -> old.add("lost\n")).hasMessageContaining("took over the run");
    }
    assertThat(LineLog.ofStudy(run).read()).isEqualTo("a\nb\nc\n");
    assertThat(entries(run, "log")).containsExactly("000002-000000.jsonl", "000002-000001.jsonl");
  }

  @Test
  void aNameNodeInSafeModeIsAClusterError() throws IOException {
    RunDirectory run = run("safe");
    DistributedFileSystem files = cluster.getFileSystem();
    files.setSafeMode(SafeModeAction.SAFEMODE_ENTER);
    try {
      assertThatThrownBy(() -> RunLease.take(run, remark -> {}))
          .matches(StoreFixtures::isClusterError)
          .hasMessageStartingWith("can't write the run directory " + run.uri())
          .hasMessageContaining("Name node is in safe mode");
    } finally {
      files.setSafeMode(SafeModeAction.SAFEMODE_LEAVE);
    }
    RunLease.take(run, remark -> {}).close();
  }

  @Test
  void directoryBelowAFileIsAClusterErrorWithTheNextStep() {
    run("parent").write("file", new byte[0]);
    RunDirectory run = run("parent/file/run");

    assertThatThrownBy(() -> run.create(IDENTITY, ""))
        .matches(StoreFixtures::isClusterError)
        .hasMessageStartingWith("can't write the run directory " + run.uri() + ": ");
  }

  /** Everything HDFS itself knows of in a directory. */
  private static List<String> entries(RunDirectory run, String directory) throws IOException {
    try (FileSystem files = cluster.getNewFileSystemInstance(0)) {
      return Arrays.stream(files.listStatus(run.path(directory)))
          .map(status -> status.getPath().getName())
          .sorted()
          .toList();
    }
  }
}
