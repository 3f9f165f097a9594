package org.modelzoo.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** A Hadoop file system, by the way in which it can publish a file in one step. */
interface Store {
  /** That virtual machines make. */
  int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  /**
   * The store that a path lives on: {@link RenamingStore} where a rename is one step, {@link
   * PuttingStore} where a rename copies and an upload is one step.
   *
   * @throws IOException if the scheme is unknown or the file system can't be reached
   */
  static Store of(Path location, Configuration hadoop) throws IOException {
    FileSystem system = location.getFileSystem(hadoop);
    if (!renames(system, location)) {
      return new PuttingStore(system, location);
    }
    Configuration configuration = new Configuration(hadoop);
    // Our files carry their own checksums: no .crc files beside them on a local disk.
    configuration.set("fs.AbstractFileSystem.file.impl", "org.apache.hadoop.fs.local.RawLocalFs");
    return new RenamingStore(FileContext.getFileContext(location.toUri(), configuration));
  }

  /**
   * Whether a rename is one step: on trees with permissions, as local disks, HDFS and ABFS have
   * them, if it keeps the file's entity tag where there are such tags. Stores of objects have no
   * permissions, and a copy gets a tag of its own.
   */
  private static boolean renames(FileSystem system, Path location) throws IOException {
    return system.hasPathCapability(location, CommonPathCapabilities.FS_PERMISSIONS)
        && (!system.hasPathCapability(location, CommonPathCapabilities.ETAGS_AVAILABLE)
            || system.hasPathCapability(
                location, CommonPathCapabilities.ETAGS_PRESERVED_IN_RENAME));
  }

  /** Writes content where no reader looks, to publish it later. */
  Draft draft(Place place, RunFiles.Content content) throws IOException;

  /**
   * Creates a file that must not be there yet; of several that try at the same time one succeeds if
   * {@link #elects}. Readers may find it half written.
   *
   * @return false if it was there already
   */
  boolean createNew(Path target, RunFiles.Content content) throws IOException;

  /** Whether {@link #createNew} lets exactly one of several succeed. */
  boolean elects();

  /**
   * What is at a place.
   *
   * @throws FileNotFoundException if nothing is
   */
  FileStatus status(Path path) throws IOException;

  FSDataInputStream open(Path path) throws IOException;

  /**
   * The whole content of a file, of one time, even if it is replaced meanwhile.
   *
   * @throws DamagedFileException if it is longer; memory is taken for no more than that
   */
  default byte[] read(Path path, long mostBytes) throws IOException {
    try (FSDataInputStream in = open(path)) {
      byte[] content = in.readNBytes((int) Math.min(mostBytes, LONGEST_ARRAY));
      if (in.read() >= 0) {
        throw new DamagedFileException(
            path.toString(),
            "it has more than %,d bytes, as no file of its kind has; it was not read"
                .formatted(mostBytes));
      }
      return content;
    }
  }

  /**
   * What is in a directory.
   *
   * @throws FileNotFoundException if there is no directory
   */
  RemoteIterator<FileStatus> list(Path directory) throws IOException;

  void createDirectory(Path directory) throws IOException;

  /** Deletes a file or a directory with all it holds; nothing happens if it isn't there. */
  void delete(Path path) throws IOException;

  /** Content that is complete and that no reader has seen; gone when closed without publishing. */
  interface Draft extends AutoCloseable {
    /**
     * Makes it the content of the target, in one step.
     *
     * @param fence throws where that must not happen any more; asked at the last moment
     */
    void publish(Runnable fence) throws IOException;

    @Override
    void close();
  }

  /**
   * Where a draft goes.
   *
   * @param target the file to publish
   * @param scratch the directory of unfinished files, where the store has such
   */
  record Place(Path target, Path scratch, Durability durability, Replaces replaces) {}

  /** What a draft may replace. */
  enum Replaces {
    ANYTHING,
    /** What was there when the draft began, where the store can tell; else anything. */
    WHAT_WAS_THERE
  }

  /** What must survive a power cut. */
  enum Durability {
    /** What can be made again from other files. */
    USUAL,
    /**
     * What was acknowledged: forced to the disks before the file is published, and its name too.
     */
    FORCED
  }
}
