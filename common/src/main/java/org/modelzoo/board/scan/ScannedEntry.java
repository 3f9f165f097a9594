package org.modelzoo.board.scan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.fs.Path;
import org.modelzoo.board.EntryKind;
import org.modelzoo.store.Checksum;
import org.modelzoo.zoo.ZooManifest;

/**
 * A place that is an entry of the board, with what was read of it. Kept from one look to the next.
 */
final class ScannedEntry {
  private static final int ID_LENGTH = 20;

  private final String id;
  private final Path path;
  private final EntryKind kind;
  private final Optional<ScannedEntry> parent;
  private final List<ScannedEntry> children = new ArrayList<>();
  private final Optional<EntryFiles> files;
  private Optional<ZooManifest> zoo = Optional.empty();
  private OptionalLong archiveBytes = OptionalLong.empty();
  private Optional<String> damage = Optional.empty();
  private String owner;
  private long modified;
  private long updated;
  private boolean settled;

  ScannedEntry(
      Path path, EntryKind kind, Optional<ScannedEntry> parent, Optional<EntryFiles> files) {
    this.id = Checksum.of(path.toString().getBytes(StandardCharsets.UTF_8)).substring(0, ID_LENGTH);
    this.path = path;
    this.kind = kind;
    this.parent = parent;
    this.files = files;
  }

  String id() {
    return id;
  }

  Path path() {
    return path;
  }

  EntryKind kind() {
    return kind;
  }

  Optional<ScannedEntry> parent() {
    return parent;
  }

  /** Entries that belong to it, as of the last look. */
  List<ScannedEntry> children() {
    return children;
  }

  /** What its directory holds; empty for an archive. */
  Optional<EntryFiles> files() {
    return files;
  }

  /** What an archive holds; empty where it is damaged, and for directories. */
  Optional<ZooManifest> zoo() {
    return zoo;
  }

  /**
   * An archive was read.
   *
   * @param why it can't be used
   */
  void readZoo(Optional<ZooManifest> manifest, long bytes, Optional<String> why) {
    zoo = manifest;
    archiveBytes = OptionalLong.of(bytes);
    damage = why;
  }

  /** Length of an archive; empty for directories. */
  OptionalLong archiveBytes() {
    return archiveBytes;
  }

  Optional<String> damage() {
    return damage.or(() -> files.flatMap(EntryFiles::damage));
  }

  String owner() {
    return owner;
  }

  /** When the directory, or the archive, changed last. */
  long modified() {
    return modified;
  }

  /** When a file in it changed last. */
  long updated() {
    return updated;
  }

  /** Its directory was read again. */
  void seen(String owner, long modified, long updated) {
    this.settled = false;
    this.owner = owner;
    this.modified = modified;
    this.updated = Math.max(modified, updated);
  }

  /** Whether it and all that belongs to it had nothing left to do at the last look. */
  boolean isSettled() {
    return settled;
  }

  void settled(boolean settled) {
    this.settled = settled;
  }
}
