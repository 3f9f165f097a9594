package org.modelzoo.board.scan;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.base.Secrets;
import org.modelzoo.board.Entry;
import org.modelzoo.board.EntryKind;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.report.live.Snapshot;
import org.modelzoo.store.RunDirectory;

/**
 * What the page of one entry shows beside the report's sections.
 *
 * @param live null where nobody works on it
 * @param command that continues it; null where none does
 */
public record EntryDetails(
    Entry entry,
    Live live,
    List<Setting> configuration,
    List<Relative> lineage,
    String command,
    List<File> files) {
  private static final int MOST_RELATIVES = 500;
  private static final int MOST_FILES = 500;
  private static final SortedMap<String, String> DEFAULTS =
      ConfigLoader.load(List.of(), List.of()).flatten();

  /** Work that goes on. */
  public record Live(String message, List<Member> members) {}

  /** A member on the farm; all but its name is null while it waits. */
  public record Member(
      String member,
      List<String> tasks,
      String device,
      String where,
      Integer epoch,
      Integer epochs,
      Double done,
      Double loss,
      Double accuracy,
      Double imagesPerSecond) {}

  /**
   * A key of the configuration.
   *
   * @param byDefault null where the key has no default
   */
  public record Setting(
      String key, String value, @JsonProperty("default") String byDefault, boolean changed) {}

  /** Another entry that this one belongs to, or that belongs to it. */
  public record Relative(String id, String name, String relation) {}

  /** A file of the entry's directory. */
  public record File(String name, long bytes) {}

  /**
   * Reads what isn't in the index.
   *
   * @param others finds entries by their ids
   * @throws ModelZooException if the file system fails
   */
  public static EntryDetails read(SeenEntry seen, Function<String, Optional<Entry>> others)
      throws IOException {
    Entry entry = seen.indexed().entry();
    Optional<RunDirectory> directory = seen.directory();
    return new EntryDetails(
        entry,
        live(seen),
        directory.map(EntryDetails::configuration).orElse(List.of()),
        lineage(seen, others),
        directory.flatMap(it -> command(entry, it)).orElse(null),
        directory.isPresent() ? files(directory.get()) : List.of());
  }

  private static Live live(SeenEntry seen) {
    if (seen.live().isEmpty() && seen.members().isEmpty()) {
      return null;
    }
    Entry entry = seen.indexed().entry();
    return switch (entry.state()) {
      case RUNNING, WAITING, KILLED ->
          new Live(entry.reason(), seen.members().stream().map(EntryDetails::member).toList());
      default -> null;
    };
  }

  private static Member member(Snapshot.Member member) {
    String name = member.run() + " " + member.id();
    Snapshot.Training it = member.training();
    if (it == null) {
      return new Member(name, member.tasks(), null, null, null, null, null, null, null, null);
    }
    return new Member(
        name,
        member.tasks(),
        it.device(),
        it.where(),
        it.epoch(),
        it.epochs(),
        it.imagesTotal() > 0 ? Math.min(1, (double) it.imagesDone() / it.imagesTotal()) : null,
        it.loss(),
        it.accuracy(),
        it.imagesPerSecond());
  }

  private static List<Setting> configuration(RunDirectory directory) {
    try {
      return directory
          .findText("config.conf")
          .map(text -> ConfigLoader.storedKeys(text, directory.path("config.conf").toString()))
          .map(keys -> keys.entrySet().stream().map(EntryDetails::setting).toList())
          .orElse(List.of());
    } catch (ModelZooException e) {
      return List.of(); // The entry is shown as damaged, with the reason.
    }
  }

  private static Setting setting(Map.Entry<String, String> key) {
    String byDefault = DEFAULTS.get(key.getKey());
    return new Setting(
        key.getKey(),
        shown(key.getKey(), key.getValue()),
        byDefault == null ? null : shown(key.getKey(), byDefault),
        !isSame(key.getValue(), byDefault));
  }

  /** Numbers are the same however they are written. */
  private static boolean isSame(String value, String byDefault) {
    if (byDefault == null || value.equals(byDefault)) {
      return byDefault != null;
    }
    try {
      return new BigDecimal(value).compareTo(new BigDecimal(byDefault)) == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static String shown(String key, String value) {
    return Secrets.isSecret(key) && !value.isEmpty() ? Secrets.HIDDEN : Secrets.hiddenIn(value);
  }

  private static List<Relative> lineage(SeenEntry seen, Function<String, Optional<Entry>> others) {
    List<Relative> relatives = new ArrayList<>();
    Entry entry = seen.indexed().entry();
    Optional.ofNullable(entry.parent())
        .flatMap(others)
        .ifPresent(it -> relatives.add(new Relative(it.id(), it.name(), "belongs to")));
    seen.children().stream()
        .limit(MOST_RELATIVES)
        .map(others)
        .flatMap(Optional::stream)
        .forEach(it -> relatives.add(new Relative(it.id(), it.name(), "holds")));
    return relatives;
  }

  /** The configuration that a run or study keeps names its directory, so that it is continued. */
  private static Optional<String> command(Entry entry, RunDirectory directory) {
    boolean isLocal = directory.uri().startsWith("file:");
    boolean isPart = entry.kind() == EntryKind.BASELINE || entry.kind() == EntryKind.SWEEP;
    if (!isLocal || isPart || entry.subject().method() == null) {
      return Optional.empty();
    }
    String verb = entry.kind() == EntryKind.STUDY ? "search" : "train";
    String file = directory.location() + "/config.conf";
    return Optional.of("deploy/modelzoo %s --config %s".formatted(verb, quoted(file)));
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./=:,+@%-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private static List<File> files(RunDirectory directory) throws IOException {
    try {
      return FilesOf.list(directory.files(), new Path(directory.uri())).all().stream()
          .filter(FileStatus::isFile)
          .map(file -> new File(file.getPath().getName(), file.getLen()))
          .sorted(Comparator.comparing(File::name))
          .limit(MOST_FILES)
          .toList();
    } catch (FileNotFoundException e) {
      return List.of(); // Deleted meanwhile.
    }
  }
}
