package org.modelzoo.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

/**
 * The only memory of a run, on any Hadoop file system:
 *
 * <pre>
 * lease/                 which driver works on it
 * run.json               what it belongs to: version, seed, fingerprints
 * config.conf            the effective configuration
 * members/&lt;id&gt;/          model.zip, predictions.bin, outcome.json, outcome.sha256
 * checkpoints/           of members in training
 * rounds/round-NNN.json  committed rounds
 * events/                its history, a {@link LineLog}
 * metrics.csv, accuracy-matrix.csv, progress.json, summary.json, report.html
 * </pre>
 */
public final class RunDirectory {
  /** Where killed processes leave unfinished files. */
  private static final List<String> DIRECTORIES =
      List.of("", "members", "rounds", "checkpoints", "log", "events", "failures");

  private final Path root;
  private final RunFiles files;

  private RunDirectory(Path root, RunFiles files) {
    this.root = root;
    this.files = files;
  }

  /**
   * Opens a run directory, whether it exists or not; touches nothing.
   *
   * @throws ModelZooException (cluster) if its file system can't be reached
   */
  public static RunDirectory at(String location, Configuration hadoop) {
    try {
      Path path = new Path(location);
      Path root = path.makeQualified(path.getFileSystem(hadoop).getUri(), workingDirectory());
      return new RunDirectory(root, RunFiles.on(root, hadoop));
    } catch (IOException | IllegalArgumentException e) { // the latter for an unknown host
      throw new ModelZooException(
          ErrorKind.CLUSTER,
          "the file system of directory %s can't be reached: %s; correct the place, or the Hadoop configuration"
              .formatted(location, e.getMessage()),
          e);
    }
  }

  private static Path workingDirectory() {
    return new Path(java.nio.file.Path.of("").toAbsolutePath().toUri());
  }

  /** The same directory, whose files are published behind a fence, see {@link RunLease#fence}. */
  RunDirectory behind(Runnable fence) {
    return new RunDirectory(root, files.behind(fence));
  }

  /**
   * The same directory for whoever only looks, and doesn't know who wrote it.
   *
   * @param mostBytes of a file that is read as a whole, or of a log; longer ones count as damaged
   */
  public RunDirectory bounded(long mostBytes) {
    return new RunDirectory(root, files.bounded(mostBytes));
  }

  /** A directory of its own inside this one, for example a baseline's run. */
  public RunDirectory inside(String name) {
    return new RunDirectory(new Path(root, name), files);
  }

  public RunFiles files() {
    return files;
  }

  public Path path(String name) {
    return new Path(root, name);
  }

  /** The run's location as a user would write it: a plain path on a local disk, else a URI. */
  public String location() {
    return "file".equals(root.toUri().getScheme()) ? root.toUri().getPath() : root.toString();
  }

  /** The root as a URI that means the same on every executor. */
  public String uri() {
    return root.toString();
  }

  /**
   * The identity written by {@link #create}, empty if no run was ever started here.
   *
   * @throws ModelZooException (data) if it is damaged or of a newer program
   */
  public Optional<RunIdentity> identity() {
    if (!isStarted()) {
      return Optional.empty();
    }
    return Optional.of(
        attempt(
            "read",
            () -> {
              try {
                return readNow("run.json", RunIdentity.class, RunIdentity.FORMAT_VERSION);
              } catch (DamagedFileException e) {
                throw new ModelZooException(
                    ErrorKind.DATA,
                    e.getMessage()
                        + "; if configuration and data are those that the run was started with, delete it and give the same command: it is rewritten and all that was trained is kept; otherwise start over with --fresh",
                    e);
              }
            }));
  }

  /** Whether a run was started here, be its identity readable or not. */
  public boolean isStarted() {
    return has("run.json");
  }

  /** The effective configuration the run was started with. */
  public String configuration() {
    return text("config.conf");
  }

  /** The content of a text file of the run that is there. */
  public String text(String name) {
    return attempt("read", () -> new String(files.read(path(name)), StandardCharsets.UTF_8));
  }

  /** Starts a run: configuration first, then the identity that makes it one. */
  public void create(RunIdentity identity, String configuration) {
    attempt(
        "write",
        () -> {
          files.createDirectory(root);
          writeDurably("config.conf", configuration.getBytes(StandardCharsets.UTF_8));
          writeDurably("run.json", Json.writeSealed(identity));
          return null;
        });
  }

  /** Deletes what only members in training need; for the end of a run. */
  public void deleteCheckpoints() {
    attempt(
        "write",
        () -> {
          files.delete(path("checkpoints"));
          return null;
        });
  }

  /** Deletes what a killed process left unfinished; for the one driver that works on the run. */
  public void deleteUnfinished() {
    attempt(
        "write",
        () -> {
          for (String directory : DIRECTORIES) {
            files.deleteUnfinished(directory.isEmpty() ? root : path(directory));
          }
          return null;
        });
  }

  /** Writes a file of the run, which can be made again from others. */
  public void write(String name, byte[] content) {
    attempt(
        "write",
        () -> {
          writeNow(name, content);
          return null;
        });
  }

  /** As the other, for content that is too long to be held as a whole. */
  public void write(String name, RunFiles.Content content) {
    attempt(
        "write",
        () -> {
          files.write(path(name), content);
          return null;
        });
  }

  /** The whole content of a text file of the run; empty if there is no such file. */
  public Optional<String> findText(String name) {
    return has(name)
        ? Optional.of(
            attempt("read", () -> new String(files.read(path(name)), StandardCharsets.UTF_8)))
        : Optional.empty();
  }

  public boolean has(String name) {
    return attempt("read", () -> files.exists(path(name)));
  }

  /**
   * Reads a JSON record of the run.
   *
   * @throws ModelZooException (data) if it is damaged or newer than this program
   */
  public <T> T read(String name, Class<T> type, int supportedVersion) {
    return attempt("read", () -> readNow(name, type, supportedVersion));
  }

  /** As {@link #read}; empty if there is no such file. A damaged one is reported and no error. */
  public <T> FoundRecord<T> find(String name, Class<T> type, int supportedVersion) {
    if (!has(name)) {
      return new FoundRecord<>(Optional.empty(), Optional.empty());
    }
    return look(() -> readNow(name, type, supportedVersion));
  }

  /**
   * Reads something that may be damaged, which is reported and no error.
   *
   * @throws ModelZooException (cluster) if the file system fails
   */
  public <T> FoundRecord<T> look(Access<T> access) {
    return attempt(
        "read",
        () -> {
          try {
            return new FoundRecord<>(Optional.of(access.run()), Optional.empty());
          } catch (DamagedFileException | FileNotFoundException e) {
            return new FoundRecord<>(Optional.empty(), Optional.of(e.getMessage()));
          }
        });
  }

  private <T> T readNow(String name, Class<T> type, int supportedVersion) throws IOException {
    return Json.read(files.read(path(name)), type, supportedVersion, path(name).toString());
  }

  /** Writes a record with its checksum, which can be made again from others. */
  public void write(String name, Sealed value) {
    write(name, Json.writeSealed(value));
  }

  /** Writes a record with its checksum, which survives a power cut when this returns. */
  public void writeDurably(String name, Sealed value) {
    attempt(
        "write",
        () -> {
          writeDurably(name, Json.writeSealed(value));
          return null;
        });
  }

  private void writeDurably(String name, byte[] content) throws IOException {
    writeDurably(name, out -> out.write(content));
  }

  void writeDurably(String name, RunFiles.Content content) throws IOException {
    Path target = path(name);
    files.writeDurably(target, target.getParent(), content);
  }

  /** Writes the configuration anew, where it was damaged. */
  public void rewriteConfiguration(String configuration) {
    write("config.conf", configuration.getBytes(StandardCharsets.UTF_8));
  }

  private void writeNow(String name, byte[] content) throws IOException {
    files.write(path(name), out -> out.write(content));
  }

  /**
   * Does something with the run's files.
   *
   * @param verb read or write, for the message
   * @throws ModelZooException (cluster) if the file system fails, (data) if a file is damaged
   */
  <T> T attempt(String verb, Access<T> access) {
    try {
      return access.run();
    } catch (DamagedFileException e) {
      throw new ModelZooException(
          ErrorKind.DATA, e.getMessage() + "; restore it, or start over with --fresh", e);
    } catch (IOException e) {
      throw new ModelZooException(
          ErrorKind.CLUSTER,
          "can't %s the run directory %s: %s; check that output.directory exists, has room, and that you may write to it"
              .formatted(verb, location(), withoutTrace(e)),
          e);
    }
  }

  /** HDFS sends the name node's stack trace as part of the message. */
  private static String withoutTrace(IOException e) {
    String message = String.valueOf(e.getMessage());
    int trace = message.indexOf("\n\tat ");
    return trace < 0 ? message : message.substring(0, trace);
  }

  /** Makes something of a text. */
  @FunctionalInterface
  public interface Reading<T> {
    T of(Reader text) throws IOException;
  }

  /** Reads or writes files. */
  @FunctionalInterface
  public interface Access<T> {
    T run() throws IOException;
  }
}
