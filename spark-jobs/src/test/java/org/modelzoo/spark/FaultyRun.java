package org.modelzoo.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.apache.commons.io.FileUtils;
import org.modelzoo.spark.cli.Console;
import org.modelzoo.spark.faults.FaultyDisk;

/** One tiny experiment on a cluster and a faulty disk, and the one command that trains it. */
final class FaultyRun {
  private final Path directory;
  private final String master;
  private final FaultyDisk disk;
  private final Path output;
  private final List<String> experiment;
  private int commands;

  private FaultyRun(Path parent, String name, String master, List<String> experiment)
      throws IOException {
    this.directory = Files.createDirectory(parent.resolve(name));
    this.master = master;
    this.disk = new FaultyDisk(directory.resolve("disk"));
    this.output = Files.createDirectory(directory.resolve("output"));
    this.experiment = experiment;
  }

  /** Four rounds of two members over small generated tasks. */
  static FaultyRun tiny(Path parent, String name, String master, String... settings)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("training.epochs=2", "training.checkpoint-every=1"));
    all.addAll(List.of(settings));
    String[] words = TinyExperiment.arguments("train", Path.of("/"), all.toArray(String[]::new));
    return new FaultyRun(parent, name, master, List.of(words));
  }

  /** Starts from the files of another run. */
  FaultyRun copyOf(Path run) throws IOException {
    FileUtils.copyDirectory(run.toFile(), run().toFile());
    return this;
  }

  FaultyDisk disk() {
    return disk;
  }

  /** The run directory. */
  Path run() {
    return output.resolve("tiny");
  }

  Path output() {
    return output;
  }

  /** How often the command was started. */
  int commands() {
    return commands;
  }

  Launcher.Running start(String... more) throws IOException {
    commands++;
    return new Launcher(directory).start(command(more));
  }

  Launcher.Result finish(String... more) throws IOException, InterruptedException {
    return start(more).result();
  }

  /** Gives the command to the program inside this JVM, with Spark in it. */
  Console finishHere(String localMaster, String... more) {
    commands++;
    String[] words = program().toArray(String[]::new);
    return disk.here(() -> Console.runOn(localMaster, words, more));
  }

  /** After the disk had ended the program: the next command finds what is there. */
  void comeBack() throws IOException {
    disk.comeBack();
    FaultyDisk.forgetDrivers(run());
  }

  private List<String> program() {
    List<String> words = new ArrayList<>(experiment);
    words.addAll(List.of("--set", "output.directory=\"" + FaultyDisk.uri(output) + "\""));
    return words;
  }

  private String[] command(String... more) {
    List<String> words = new ArrayList<>(program());
    words.addAll(List.of("--executor-memory", "512m", "--driver-memory", "512m"));
    words.addAll(List.of("--conf", "spark.driver.host=127.0.0.1"));
    words.addAll(List.of("--conf", "spark.ui.enabled=false"));
    words.addAll(disk.options());
    if (!List.of(more).contains("--master")) {
      words.addAll(List.of("--master", master));
    }
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  /** What must be the same as in an undisturbed run. */
  SortedMap<String, String> results() throws IOException {
    return resultsOf(run());
  }

  /** Everything that results say, and that nothing was left behind. */
  static SortedMap<String, String> resultsOf(Path run) throws IOException {
    SortedMap<String, String> results = RunFilesOf.results(run);
    results.putAll(ModelFilesOf.parameters(run));
    return results;
  }

  /** Changes the content of a file. */
  static void damage(Path file, UnaryOperator<byte[]> damage) throws IOException {
    Files.write(file, damage.apply(Files.readAllBytes(file)));
  }

  /** With one bit changed, in the middle. */
  static byte[] flipped(byte[] content) {
    byte[] copy = content.clone();
    copy[copy.length / 2] ^= 1;
    return copy;
  }

  /** The first half. */
  static byte[] truncated(byte[] content) {
    return Arrays.copyOf(content, content.length / 2);
  }
}
