package org.modelzoo.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.modelzoo.config.ErrorKind;
import org.modelzoo.config.ModelZooException;

/**
 * The members of a run: model, predictions and outcome, committed together by renaming their
 * directory. Written on executors, read on the driver.
 */
public final class MemberStore {
  private static final String MODEL = "model.zip";
  private static final String PREDICTIONS = "predictions.bin";
  private static final String OUTCOME = "outcome.json";
  private static final String OUTCOME_CHECKSUM = "outcome.sha256";

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");

  private final RunDirectory run;

  public MemberStore(RunDirectory run) {
    this.run = run;
  }

  /**
   * Commits a member. If it is there already (the unit ran twice), the first one stays.
   *
   * @param model writes {@code model.zip}
   * @param outcome makes the outcome from the checksums of model and predictions
   */
  public void commit(String id, RunFiles.Content model, Predictions predictions, OutcomeOf outcome)
      throws IOException {
    RunFiles files = run.files();
    Path target = directory(id);
    Path temporary = files.temporaryBeside(target);
    try {
      String modelChecksum = write(new Path(temporary, MODEL), model);
      String predictionsChecksum = write(new Path(temporary, PREDICTIONS), predictions::writeTo);
      MemberFile file = outcome.with(modelChecksum, predictionsChecksum);
      String outcomeChecksum =
          write(new Path(temporary, OUTCOME), out -> out.write(Json.write(file)));
      // As sha256sum prints it: "sha256sum -c" checks it without this program.
      String line = outcomeChecksum + "  " + OUTCOME + "\n";
      files.writeNew(new Path(temporary, OUTCOME_CHECKSUM), out -> out.write(line.getBytes(UTF_8)));
      if (find(id).damage().isPresent()) {
        // Left by an attempt whose files were cleared away while it wrote them.
        discard(id);
      }
      files.commit(temporary, target);
    } catch (IOException | RuntimeException e) {
      files.deleteQuietly(temporary);
      throw e;
    }
  }

  /**
   * Takes over a member of another run, byte for byte, and checks the copy. One that is here
   * already stays.
   *
   * @throws DamagedFileException if the other run's is not what was written
   */
  public void copy(String id, MemberStore other) throws IOException {
    RunFiles files = run.files();
    Path target = directory(id);
    if (files.exists(target)) {
      return;
    }
    Path temporary = files.temporaryBeside(target);
    try {
      for (String name : List.of(MODEL, PREDICTIONS, OUTCOME, OUTCOME_CHECKSUM)) {
        byte[] content = other.run.files().read(new Path(other.directory(id), name));
        files.writeNew(new Path(temporary, name), out -> out.write(content));
      }
      if (find(temporary).member().isEmpty()) {
        throw new DamagedFileException(
            other.directory(id).toString(), "a copy of it has other checksums");
      }
      files.commit(temporary, target);
    } catch (IOException | RuntimeException e) {
      files.deleteQuietly(temporary);
      throw e;
    }
  }

  private String write(Path path, RunFiles.Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
    content.writeTo(bytes);
    run.files().writeNew(path, bytes::writeTo);
    return Checksum.of(bytes.toByteArray());
  }

  /**
   * A member that was committed and whose files are what was written, or what is wrong with it.
   *
   * @throws org.modelzoo.config.ModelZooException (data) if it was written by a newer program
   */
  public Found find(String id) throws IOException {
    return find(directory(id));
  }

  private Found find(Path directory) throws IOException {
    RunFiles files = run.files();
    if (!files.exists(directory)) {
      return new Found(Optional.empty(), Optional.empty());
    }
    try {
      MemberFile file = outcome(directory);
      Predictions predictions = predictions(directory, file);
      Path modelFile = new Path(directory, MODEL);
      require(modelFile, file.modelSha256(), Checksum.of(files.read(modelFile)));
      return new Found(Optional.of(new Member(file, predictions)), Optional.empty());
    } catch (DamagedFileException | FileNotFoundException e) {
      return new Found(Optional.empty(), Optional.of(e.getMessage()));
    }
  }

  /**
   * As {@link #find(String)}; a whole member that was trained from another seed or on other tasks
   * than these counts as damaged.
   */
  public Found find(String id, long seed, List<Integer> tasks) throws IOException {
    Found found = find(id);
    if (found.member().isEmpty()) {
      return found;
    }
    MemberFile file = found.member().get().file();
    if (file.seed() == seed && file.tasks().equals(tasks)) {
      return found;
    }
    String damage =
        "%s belongs to another plan: its seed is %d and its tasks are %s instead of %d and %s"
            .formatted(new Path(directory(id), OUTCOME), file.seed(), file.tasks(), seed, tasks);
    return new Found(Optional.empty(), Optional.of(damage));
  }

  /**
   * What became of a committed member; its model and predictions are not looked at.
   *
   * @throws ModelZooException (data) if it is damaged or not there
   */
  public MemberFile outcome(String id) {
    return run.attempt("read", () -> present(() -> outcome(directory(id))));
  }

  /**
   * A committed member's {@code model.zip}.
   *
   * @param sha256 what its checksum must be
   * @throws ModelZooException (data) if it is damaged or not there
   */
  public byte[] model(String id, String sha256) {
    Path file = new Path(directory(id), MODEL);
    return run.attempt(
        "read",
        () -> {
          byte[] content = present(() -> run.files().read(file));
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
  public FoundRecord<MemberFile> findOutcome(String id) throws IOException {
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
  public FoundRecord<Predictions> findPredictions(String id) throws IOException {
    Path directory = directory(id);
    return look(directory, () -> predictions(directory, outcome(directory)));
  }

  private <T> FoundRecord<T> look(Path directory, RunDirectory.Access<T> access)
      throws IOException {
    if (!run.files().exists(directory)) {
      return new FoundRecord<>(Optional.empty(), Optional.empty());
    }
    try {
      return new FoundRecord<>(Optional.of(access.run()), Optional.empty());
    } catch (DamagedFileException | FileNotFoundException e) {
      return new FoundRecord<>(Optional.empty(), Optional.of(e.getMessage()));
    }
  }

  private Predictions predictions(Path directory, MemberFile file) throws IOException {
    Path predictions = new Path(directory, PREDICTIONS);
    byte[] content = run.files().read(predictions);
    require(predictions, file.predictionsSha256(), Checksum.of(content));
    return Predictions.read(content, predictions.toString());
  }

  private MemberFile outcome(Path directory) throws IOException {
    RunFiles files = run.files();
    Path outcome = new Path(directory, OUTCOME);
    Path checksum = new Path(directory, OUTCOME_CHECKSUM);
    byte[] content = files.read(outcome);
    String line = new String(files.read(checksum), UTF_8);
    require(outcome, line.split(" ", 2)[0], Checksum.of(content));
    return Json.read(content, MemberFile.class, MemberFile.FORMAT_VERSION, outcome.toString());
  }

  private static void require(Path file, String expected, String found)
      throws DamagedFileException {
    if (!expected.equals(found)) {
      throw new DamagedFileException(
          file.toString(), "its SHA-256 is %s instead of %s".formatted(found, expected));
    }
  }

  /** Removes a damaged member, so that it can be trained again. */
  public void discard(String id) throws IOException {
    run.files().delete(directory(id));
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
          "\"%s\" in %s is no member: an id has letters, digits, '-', '_' and dots inside; restore the file that names it"
              .formatted(id, run.location()));
    }
    return run.path("members/" + id);
  }

  /** A whole member. */
  public record Member(MemberFile file, Predictions predictions) {}

  /**
   * What there is of a member.
   *
   * @param member if there is a whole one
   * @param damage what is wrong, if there is a damaged one
   */
  public record Found(Optional<Member> member, Optional<String> damage) {}

  /** Makes the outcome once the checksums are known. */
  @FunctionalInterface
  public interface OutcomeOf {
    MemberFile with(String modelSha256, String predictionsSha256);
  }
}
