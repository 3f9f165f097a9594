package org.modelzoo.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

/**
 * The members of a run: model, predictions and outcome. A member is committed by its last small
 * file, the outcome, which has the checksums of the others; readers ask for that file first.
 * Written on executors, read on the driver.
 *
 * <p>Two attempts at a member may write at the same time, for example one that was believed dead.
 * An attempt that finds the member committed leaves it alone. Should both still write, the files
 * are those of one attempt where both computed the same, and otherwise a checksum is wrong and the
 * member counts as damaged: never is it silently a mixture.
 */
public final class MemberStore {
  private static final String MODEL = "model.zip";
  private static final String PREDICTIONS = "predictions.bin";
  private static final String OUTCOME = "outcome.json";

  /** Beside an outcome of format version 1, as sha256sum prints it. */
  private static final String OUTCOME_CHECKSUM = "outcome.sha256";

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");

  private final RunDirectory run;

  public MemberStore(RunDirectory run) {
    this.run = run;
  }

  /**
   * Commits a member, which survives a power cut when this returns. If it is there already (the
   * unit ran twice), the first one stays.
   *
   * @param model writes {@code model.zip}
   * @param outcome makes the outcome from the checksums of model and predictions
   */
  public void commit(String id, RunFiles.Content model, Predictions predictions, OutcomeOf outcome)
      throws IOException {
    FoundRecord<Member> found = find(id);
    if (found.record().isPresent()) {
      return;
    }
    if (found.damage().isPresent()) {
      discard(id);
    }
    Path directory = directory(id);
    byte[] modelBytes = bytes(model);
    byte[] predictionBytes = bytes(predictions::writeTo);
    MemberFile file = outcome.with(Checksum.of(modelBytes), Checksum.of(predictionBytes));
    Map<String, byte[]> contents = new LinkedHashMap<>();
    contents.put(MODEL, modelBytes);
    contents.put(PREDICTIONS, predictionBytes);
    contents.put(OUTCOME, Json.writeSealed(file));
    for (Map.Entry<String, byte[]> content : contents.entrySet()) {
      if (isCommitted(directory)) {
        return; // By another attempt, meanwhile.
      }
      publish(new Path(directory, content.getKey()), content.getValue());
    }
  }

  /**
   * Takes over a member of another run, byte for byte. One that is here already stays.
   *
   * @throws DamagedFileException if the other run's is not what was written
   */
  public void copy(String id, MemberStore other) throws IOException {
    if (find(id).record().isPresent()) {
      return;
    }
    Path source = other.directory(id);
    if (other.find(id).record().isEmpty()) {
      throw new DamagedFileException(source.toString(), "it is not what was committed");
    }
    for (String name : List.of(MODEL, PREDICTIONS, OUTCOME_CHECKSUM, OUTCOME)) {
      Path file = new Path(source, name);
      if (!name.equals(OUTCOME_CHECKSUM) || other.run.files().exists(file)) {
        publish(new Path(directory(id), name), other.run.files().read(file));
      }
    }
  }

  private static byte[] bytes(RunFiles.Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
    content.writeTo(bytes);
    return bytes.toByteArray();
  }

  /** Unfinished files stand beside the members' directories: to find them takes one look. */
  private void publish(Path file, byte[] content) throws IOException {
    run.files().writeDurably(file, run.path("members"), out -> out.write(content));
  }

  /**
   * A member that was committed and whose files are what was written, or what is wrong with it.
   *
   * @throws ModelZooException (data) if it was written by a newer program, (cluster) if the file
   *     system fails
   */
  public FoundRecord<Member> find(String id) {
    Path directory = directory(id);
    return look(
        directory,
        () -> {
          MemberFile file = outcome(directory);
          Predictions predictions = predictions(directory, file);
          require(modelFile(id), file.modelSha256(), Checksum.of(run.files().read(modelFile(id))));
          return new Member(file, predictions);
        });
  }

  /**
   * As {@link #find(String)}; a whole member that was trained from another seed or on other tasks
   * than these counts as damaged.
   */
  public FoundRecord<Member> find(String id, long seed, List<Integer> tasks) {
    FoundRecord<Member> found = find(id);
    if (found.record().isEmpty()) {
      return found;
    }
    MemberFile file = found.record().get().file();
    if (file.seed() == seed && file.tasks().equals(tasks)) {
      return found;
    }
    String damage =
        "%s belongs to another plan: its seed is %d and its tasks are %s instead of %d and %s"
            .formatted(new Path(directory(id), OUTCOME), file.seed(), file.tasks(), seed, tasks);
    return new FoundRecord<>(Optional.empty(), Optional.of(damage));
  }

  /**
   * What became of a committed member; its model and predictions are not looked at.
   *
   * @throws ModelZooException (data) if it is damaged or not there
   */
  public MemberFile outcome(String id) {
    return run.attempt("read", () -> present(() -> outcome(directory(id))));
  }

  /** Where a member's {@code model.zip} is, or would be. */
  public Path modelFile(String id) {
    return new Path(directory(id), MODEL);
  }

  /** The length of a committed member's {@code model.zip}. */
  public long modelBytes(String id) {
    return run.attempt("read", () -> present(() -> run.files().status(modelFile(id)).getLen()));
  }

  /**
   * A committed member's {@code model.zip}.
   *
   * @param sha256 what its checksum must be
   * @param mostBytes no model of its network has more
   * @throws ModelZooException (data) if it is damaged or not there
   */
  public byte[] model(String id, String sha256, long mostBytes) {
    Path file = modelFile(id);
    return run.attempt(
        "read",
        () -> {
          byte[] content = present(() -> run.files().read(file, mostBytes));
          require(file, sha256, Checksum.of(content));
          return content;
        });
  }

  private static <T> T present(RunDirectory.Access<T> file) throws IOException {
    try {
      return file.run();
    } catch (FileNotFoundException e) {
      throw new DamagedFileException("a committed member", e.getMessage());
    }
  }

  /** A member's outcome, if there is one; for looking at runs, not for continuing them. */
  public FoundRecord<MemberFile> findOutcome(String id) {
    Path directory = directory(id);
    return look(directory, () -> outcome(directory));
  }

  /** The outcomes of all members that are there and whole, by their ids. */
  public List<MemberFile> outcomes() {
    return run.attempt(
        "read",
        () -> {
          List<MemberFile> outcomes = new ArrayList<>();
          for (String id : run.files().list(run.path("members"))) {
            findOutcome(id).record().ifPresent(outcomes::add);
          }
          return outcomes;
        });
  }

  /** A member's predictions, if there are some; leaves its model, which is large, alone. */
  public FoundRecord<Predictions> findPredictions(String id) {
    Path directory = directory(id);
    return look(directory, () -> predictions(directory, outcome(directory)));
  }

  private boolean isCommitted(Path directory) throws IOException {
    return run.files().exists(new Path(directory, OUTCOME));
  }

  private <T> FoundRecord<T> look(Path directory, RunDirectory.Access<T> access) {
    return run.attempt("read", () -> isCommitted(directory))
        ? run.look(access)
        : new FoundRecord<>(Optional.empty(), Optional.empty());
  }

  private Predictions predictions(Path directory, MemberFile file) throws IOException {
    Path predictions = new Path(directory, PREDICTIONS);
    byte[] content = run.files().read(predictions);
    require(predictions, file.predictionsSha256(), Checksum.of(content));
    return Predictions.read(content, predictions.toString());
  }

  private MemberFile outcome(Path directory) throws IOException {
    Path outcome = new Path(directory, OUTCOME);
    byte[] content = run.files().read(outcome);
    MemberFile file =
        Json.read(content, MemberFile.class, MemberFile.FORMAT_VERSION, outcome.toString());
    if (file.formatVersion() < Json.SEALED_SINCE) {
      byte[] line = run.files().read(new Path(directory, OUTCOME_CHECKSUM));
      require(outcome, new String(line, UTF_8).split(" ", 2)[0], Checksum.of(content));
    }
    return file;
  }

  private static void require(Path file, String expected, String found)
      throws DamagedFileException {
    if (!expected.equals(found)) {
      throw new DamagedFileException(
          file.toString(), "its SHA-256 is %s instead of %s".formatted(found, expected));
    }
  }

  /** Removes what there is of a member, so that it can be trained again; its outcome first. */
  public void discard(String id) {
    run.attempt(
        "write",
        () -> {
          run.files().delete(new Path(directory(id), OUTCOME));
          run.files().delete(directory(id));
          return null;
        });
  }

  /** Whether this may be the id of a member: a plain name that leads nowhere else. */
  public static boolean isId(String id) {
    return ID.matcher(id).matches();
  }

  /** Ids come from files too: none leads out of the run directory. */
  private Path directory(String id) {
    if (!isId(id)) {
      throw new ModelZooException(
          ErrorKind.DATA,
          "\"%s\" in %s is not a member: an id has letters, digits, '-', '_' and dots inside; restore the file that names it"
              .formatted(id, run.location()));
    }
    return run.path("members/" + id);
  }

  /** A whole member. */
  public record Member(MemberFile file, Predictions predictions) {}

  /** Makes the outcome once the checksums are known. */
  @FunctionalInterface
  public interface OutcomeOf {
    MemberFile with(String modelSha256, String predictionsSha256);
  }
}
