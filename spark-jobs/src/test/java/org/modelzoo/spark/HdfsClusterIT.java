package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.spark.cli.Console;

/**
 * Data and run directory on a real HDFS, one name node and one data node, for the executors of a
 * real standalone cluster: the same results as from the local disk, to the bit.
 */
class HdfsClusterIT {
  /** And rounds: enough for the driver to be killed between two of them. */
  private static final int TASKS = 3;

  @TempDir private static Path directory;
  private static MiniDFSCluster hdfs;
  private static StandaloneCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(
        MiniDFSCluster.HDFS_MINIDFS_BASEDIR, directory.resolve("hdfs-disk").toString());
    hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    hdfs.waitActive();
    cluster = StandaloneCluster.shared();
  }

  @AfterAll
  static void stop() {
    hdfs.shutdown(/* deleteDfsDir= */ true);
  }

  @Test
  void aRunGoesOnAfterAKilledDriverAndARestartOfTheDataNode() throws Exception {
    Path data = data();
    SortedMap<String, String> undisturbed = onTheLocalDisk("tiny", data);
    Launcher launcher = new Launcher(directory);
    String[] command = onHdfs("tiny", data);

    Launcher.Running first = launcher.start(command);
    await(first, "/runs/tiny/rounds/round-000.json");
    first.process().destroyForcibly().waitFor();
    assertThat(exists("/runs/tiny/summary.json")).isFalse();
    assertThat(hdfs.restartDataNode(0, /* keepPort= */ true)).isTrue();
    hdfs.waitActive();

    Launcher.Result result = launcher.run(command);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err())
        .contains("takes over the run", "that was killed", "continues after round")
        .as("members tell how far they are, from their executors")
        .containsPattern("epoch 1/2 .* images/s {2}cpu, executor [0-9]+ on ");
    assertThat(RunFilesOf.results(fetched("/runs/tiny"))).isEqualTo(undisturbed);
    assertThat(Console.run(new String[] {"top", hdfs.getURI() + "/runs/tiny"}).out())
        .isEqualTo(hdfs.getURI() + "/runs/tiny\nfinished\n");
  }

  /** Fashion-MNIST where it is at hand, small files in its format elsewhere. */
  private static Path data() throws IOException {
    String all = System.getenv("MODELZOO_DATA");
    Path real = Path.of(all == null ? "" : all, "fashion-mnist");
    return Files.isDirectory(real) ? real : IdxFiles.write(directory.resolve("tiny-data"));
  }

  private static SortedMap<String, String> onTheLocalDisk(String name, Path data) throws Exception {
    Path output = directory.resolve("local");
    Console result = Console.runOn("local[2]", train(name, data.toString(), output.toString()));
    assertThat(result.exitCode()).as(result.err()).isZero();
    SortedMap<String, String> results = RunFilesOf.results(output.resolve(name));
    assertThat(results).containsKeys("summary.json", "accuracy-matrix.csv");
    return results;
  }

  /** Puts the data there, and makes the command. */
  private static String[] onHdfs(String name, Path data) throws IOException {
    org.apache.hadoop.fs.Path there = new org.apache.hadoop.fs.Path("/data/" + name);
    hdfs.getFileSystem().copyFromLocalFile(new org.apache.hadoop.fs.Path(data.toUri()), there);
    return train(name, hdfs.getURI() + "/data/" + name, hdfs.getURI() + "/runs", onTheCluster());
  }

  private static String[] onTheCluster() {
    return new String[] {
      "--master",
      cluster.master(),
      "--executor-memory",
      "512m",
      "--conf",
      "spark.driver.host=127.0.0.1"
    };
  }

  private static String[] train(String name, String data, String output, String... more) {
    List<String> arguments = new ArrayList<>(List.of("train"));
    for (String setting :
        List.of(
            "experiment.name=" + name,
            "data.directory=" + data,
            "data.set.name=" + name,
            "data.set.source.format=mnist",
            "data.set.classes-per-task=2",
            "data.images-per-class=8",
            "data.task-limit=" + TASKS,
            "network.name=small-conv",
            "training.epochs=2",
            "training.batch-size=8",
            "zoo.mode=continual",
            "zoo.tasks-per-round=2",
            "zoo.members-per-round=2",
            "output.directory=" + output)) {
      arguments.addAll(List.of("--set", setting));
    }
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  /** A copy of a directory, as users fetch it from HDFS. */
  private static Path fetched(String there) throws IOException {
    Path copy = directory.resolve("fetched" + there);
    Files.createDirectories(copy.getParent());
    hdfs.getFileSystem()
        .copyToLocalFile(
            /* delSrc= */ false,
            new org.apache.hadoop.fs.Path(there),
            new org.apache.hadoop.fs.Path(copy.toUri()),
            /* useRawLocalFileSystem= */ true);
    return copy;
  }

  private static boolean exists(String file) throws IOException {
    return hdfs.getFileSystem().exists(new org.apache.hadoop.fs.Path(file));
  }

  /** Waits until a file exists, or the command has ended. */
  private static void await(Launcher.Running running, String file) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!exists(file) && running.process().isAlive() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(exists(file)).as("%s: %s", file, Files.readString(running.err())).isTrue();
  }
}
