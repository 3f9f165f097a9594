package org.modelzoo.spark.tracker;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.modelzoo.base.KebabCase;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.search.RungOutcome;
import org.modelzoo.search.Trial;
import org.modelzoo.spark.event.RunEvent.TrialsChanged;
import org.modelzoo.store.RunDirectory;

/**
 * TensorBoard's files of one search: the best value over the rungs that ended, and of each trial,
 * in a directory of its own, its parameters, its objective and its end. What a file holds follows
 * from its name; so, however often the search is started, nothing is there twice.
 */
final class TensorBoardStudy {
  private static final String DIRECTORY = "tensorboard";
  private static final long WRITE_NANOS = Duration.ofSeconds(30).toNanos();

  private final RunDirectory study;
  private final String objective;
  private final Map<Integer, Set<String>> trials = new HashMap<>();
  private EventFile curve = newFile();
  private int rungs;
  private int rungsWritten;
  private long writtenNanos = System.nanoTime();

  TensorBoardStudy(RunDirectory study) throws IOException {
    this.study = study;
    ModelZooConfig config =
        ConfigLoader.parse(study.configuration(), study.path("config.conf").toString()).values();
    this.objective = KebabCase.of(config.search().objective());
    this.rungsWritten = lastRung(names(DIRECTORY));
    this.rungs = rungsWritten;
  }

  private Set<String> names(String directory) throws IOException {
    return new HashSet<>(study.files().list(study.path(directory)));
  }

  /** How many rungs had ended when the last point was written. */
  private static int lastRung(Set<String> names) {
    return names.stream()
        .filter(name -> name.matches("events\\.out\\.tfevents\\.[0-9]{10}\\.modelzoo"))
        .mapToInt(name -> Integer.parseInt(name.split("\\.", -1)[3]))
        .max()
        .orElse(0);
  }

  void changed(TrialsChanged event) throws IOException {
    for (Trial trial : event.trials()) {
      write(trial);
    }
    if (event.rungs() > rungs && event.best().isPresent()) {
      rungs = event.rungs();
      curve.scalar("best/" + objective, rungs, event.best().get().value().orElseThrow());
    }
    if (System.nanoTime() - writtenNanos >= WRITE_NANOS) {
      writeCurve();
    }
  }

  /** Writes the best so far as far as that was not done. */
  void writeCurve() {
    if (rungs > rungsWritten) {
      study.write(DIRECTORY + "/" + name(rungs), curve.toBytes());
      rungsWritten = rungs;
      curve = newFile();
    }
    writtenNanos = System.nanoTime();
  }

  /**
   * Writes what isn't there: a file for the start, for each rung and for the end, which comes after
   * its last rung, since TensorBoard doesn't go back to files whose names come before others.
   */
  private void write(Trial trial) throws IOException {
    String name = Trial.name(trial.number());
    add(trial, 0, file -> HParams.addStart(file, name, trial.parameters()));
    int ended = 0;
    for (Map.Entry<Integer, RungOutcome> rung : trial.outcomes().entrySet()) {
      ended++;
      if (rung.getValue().hasValue()) {
        add(
            trial,
            2 * ended,
            file -> file.scalar(objective, rung.getKey(), rung.getValue().value()));
      }
    }
    if (trial.state().isEnded()) {
      add(trial, 2 * ended + 1, file -> HParams.addEnd(file, trial.state()));
    }
  }

  private void add(Trial trial, int number, Consumer<EventFile> content) throws IOException {
    String directory = DIRECTORY + "/trials/" + Trial.name(trial.number());
    Set<String> written = trials.get(trial.number());
    if (written == null) {
      written = names(directory);
      trials.put(trial.number(), written);
    }
    if (written.add(name(number))) {
      EventFile file = newFile();
      content.accept(file);
      study.write(directory + "/" + name(number), file.toBytes());
    }
  }

  private static String name(int number) {
    return "events.out.tfevents.%010d.modelzoo".formatted(number);
  }

  private static EventFile newFile() {
    return new EventFile(System.currentTimeMillis() / 1e3);
  }
}
