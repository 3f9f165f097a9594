package org.modelzoo.store;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.modelzoo.store.Store.Durability;
import org.modelzoo.store.Store.Place;
import org.modelzoo.store.Store.Replaces;

/**
 * Files on any Hadoop file system, visible only when complete: renamed into place where a rename is
 * one step, uploaded as a whole on stores of objects. Runs on driver and executors.
 */
public final class RunFiles {
  /** Names that start like this are unfinished and may be deleted by anyone who knows no writer. */
  static final String TEMPORARY_PREFIX = ".tmp-";

  private final Store store;
  private final Optional<Runnable> fence;
  private final long mostBytes;

  private RunFiles(Store store, Optional<Runnable> fence, long mostBytes) {
    this.store = store;
    this.fence = fence;
    this.mostBytes = mostBytes;
  }

  /**
   * The file system that {@code location} lives on.
   *
   * @throws IOException if the scheme is unknown or the file system can't be reached
   */
  public static RunFiles on(Path location, Configuration hadoop) throws IOException {
    return new RunFiles(Store.of(location, hadoop), Optional.empty(), Long.MAX_VALUE);
  }

  /**
   * The same files for the holder of a lease.
   *
   * @param fence throws once another driver holds the lease; asked when a file is complete, before
   *     it is published, and before anything is deleted
   */
  RunFiles behind(Runnable fence) {
    return new RunFiles(store, Optional.of(fence), mostBytes);
  }

  /**
   * The same files for whoever reads what others wrote.
   *
   * @param most so many bytes of one file at most are read into memory; longer ones count as
   *     damaged
   */
  RunFiles bounded(long most) {
    return new RunFiles(store, fence, most);
  }

  /** How long a file may be that is read into memory; without bound for the run's own driver. */
  long mostBytes() {
    return mostBytes;
  }

  /**
   * Publishes a file that can be made again from others; replaces one that is already there.
   *
   * @throws org.modelzoo.base.ModelZooException (cluster) if another driver took over the run
   */
  public void write(Path target, Content content) throws IOException {
    publish(target, target.getParent(), content, Durability.USUAL);
  }

  /**
   * As {@link #write}, for what is acknowledged: it survives a power cut when this returns.
   *
   * @param scratch the directory of the unfinished file, which {@link #deleteUnfinished} clears
   */
  void writeDurably(Path target, Path scratch, Content content) throws IOException {
    publish(target, scratch, content, Durability.FORCED);
  }

  private void publish(Path target, Path scratch, Content content, Durability durability)
      throws IOException {
    SlowAccess.watch(
        "writing",
        target,
        () -> {
          publishNow(target, scratch, content, durability);
          return null;
        });
  }

  private void publishNow(Path target, Path scratch, Content content, Durability durability)
      throws IOException {
    Replaces replaces = fence.isEmpty() ? Replaces.ANYTHING : Replaces.WHAT_WAS_THERE;
    try (Store.Draft draft =
        store.draft(new Place(target, scratch, durability, replaces), content)) {
      draft.publish(fence.orElse(RunFiles::unfenced));
    } catch (IOException e) {
      // A successor clears drafts away, and replaces what the draft was to replace.
      fence.ifPresent(Runnable::run);
      throw e;
    }
  }

  private static void unfenced() {}

  /**
   * Creates a file that must not be there yet; readers may find it half written. Of several that
   * try at the same time one succeeds, if {@link #elects}.
   *
   * @return false if somebody else was first
   */
  boolean createNew(Path target, Content content) throws IOException {
    return SlowAccess.watch("creating", target, () -> store.createNew(target, content));
  }

  /** Whether {@link #createNew} lets exactly one of several succeed. */
  boolean elects() {
    return store.elects();
  }

  /** A name in a directory that readers skip. */
  static Path temporary(Path directory, String name) {
    return new Path(directory, TEMPORARY_PREFIX + name + "-" + UUID.randomUUID());
  }

  /** Whether something is at a place. */
  public boolean exists(Path path) throws IOException {
    try {
      status(path);
      return true;
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /**
   * What is at a place.
   *
   * @throws FileNotFoundException if there is nothing
   */
  public FileStatus status(Path path) throws IOException {
    return SlowAccess.watch("looking at", path, () -> store.status(path));
  }

  /** When a file was last written, milliseconds since 1970, by the file system's clock. */
  long writtenMillis(Path path) throws IOException {
    return status(path).getModificationTime();
  }

  /** A file from its beginning. */
  public InputStream open(Path path) throws IOException {
    return open(path, 0);
  }

  /**
   * A file from a place in it.
   *
   * @param position in bytes; behind its end there is nothing
   */
  public InputStream open(Path path, long position) throws IOException {
    FSDataInputStream in = store.open(path);
    try {
      if (position > 0) {
        in.seek(position);
      }
      return new BufferedInputStream(in, 1 << 16);
    } catch (EOFException e) {
      in.close();
      return InputStream.nullInputStream();
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /**
   * The whole content of a file.
   *
   * @throws DamagedFileException if it is longer than these files may be
   */
  public byte[] read(Path path) throws IOException {
    return read(path, mostBytes);
  }

  /** As {@link #read(Path)}, with a bound of its own. */
  byte[] read(Path path, long most) throws IOException {
    return SlowAccess.watch("reading", path, () -> store.read(path, most));
  }

  /** Names in a directory, sorted, without unfinished ones; empty if there is no directory. */
  public List<String> list(Path directory) throws IOException {
    return names(directory).filter(name -> !name.startsWith(TEMPORARY_PREFIX)).toList();
  }

  /**
   * What is in a directory, with sizes and times, without unfinished files, in no order.
   *
   * @param most so many entries at most; further ones are left out
   * @throws FileNotFoundException if there is no directory
   */
  public List<FileStatus> entries(Path directory, int most) throws IOException {
    return SlowAccess.watch(
        "listing",
        directory,
        () -> {
          List<FileStatus> found = new ArrayList<>();
          RemoteIterator<FileStatus> entries = store.list(directory);
          while (entries.hasNext() && found.size() < most) {
            FileStatus entry = entries.next();
            if (!entry.getPath().getName().startsWith(TEMPORARY_PREFIX)) {
              found.add(entry);
            }
          }
          return found;
        });
  }

  /** Deletes what a process that was killed left unfinished in a directory. */
  void deleteUnfinished(Path directory) throws IOException {
    for (String name : names(directory).toList()) {
      if (name.startsWith(TEMPORARY_PREFIX)) {
        delete(new Path(directory, name));
      }
    }
  }

  private Stream<String> names(Path directory) throws IOException {
    return SlowAccess.watch("listing", directory, () -> namesNow(directory));
  }

  private Stream<String> namesNow(Path directory) throws IOException {
    List<String> names = new ArrayList<>();
    try {
      RemoteIterator<FileStatus> entries = store.list(directory);
      while (entries.hasNext()) {
        names.add(entries.next().getPath().getName());
      }
    } catch (FileNotFoundException e) {
      return Stream.empty();
    }
    return names.stream().sorted();
  }

  /** Makes a directory, and those above it. */
  public void createDirectory(Path directory) throws IOException {
    fence.ifPresent(Runnable::run);
    store.createDirectory(directory);
  }

  /**
   * Deletes a file or a directory with all it holds; nothing happens if it isn't there.
   *
   * @throws org.modelzoo.base.ModelZooException (cluster) if another driver took over the run
   */
  public void delete(Path path) throws IOException {
    fence.ifPresent(Runnable::run);
    SlowAccess.watch(
        "deleting",
        path,
        () -> {
          store.delete(path);
          return null;
        });
  }

  /** Writes the content of one file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }
}
