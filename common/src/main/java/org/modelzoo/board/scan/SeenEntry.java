package org.modelzoo.board.scan;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.modelzoo.board.EntryKind;
import org.modelzoo.board.IndexedEntry;
import org.modelzoo.report.live.Snapshot;
import org.modelzoo.store.RunDirectory;

/**
 * An entry as it was at the last look.
 *
 * @param directory empty for an archive
 * @param live how far the command is that works on it, or worked last; empty where nothing tells
 * @param members of the entry that are on the farm
 * @param archiveBytes length of an archive; empty for directories
 */
public record SeenEntry(
    IndexedEntry indexed,
    Optional<RunDirectory> directory,
    Optional<Snapshot> live,
    List<Snapshot.Member> members,
    List<String> children,
    OptionalLong archiveBytes) {
  public SeenEntry {
    members = List.copyOf(members);
    children = List.copyOf(children);
  }

  public String id() {
    return indexed.entry().id();
  }

  public EntryKind kind() {
    return indexed.entry().kind();
  }
}
