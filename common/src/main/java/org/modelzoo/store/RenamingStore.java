package org.modelzoo.store;

import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Publishes by rename: local disks, HDFS, ABFS with a hierarchical namespace. */
final class RenamingStore implements Store {
  private final FileContext files;

  RenamingStore(FileContext files) {
    this.files = files;
  }

  @Override
  public Draft draft(Place place, RunFiles.Content content) throws IOException {
    Temporary draft = new Temporary(temporary(place), place);
    try {
      fill(create(draft.temporary, place.durability()), content, place.durability());
      return draft;
    } catch (IOException | RuntimeException e) {
      draft.close();
      throw e;
    }
  }

  private Path temporary(Place place) throws IOException {
    Path directory = place.target().getParent();
    if (place.scratch().equals(directory)) {
      return RunFiles.temporary(directory, place.target().getName());
    }
    createDirectory(directory);
    return RunFiles.temporary(
        place.scratch(), directory.getName() + "-" + place.target().getName());
  }

  private FSDataOutputStream create(Path file, Durability durability) throws IOException {
    EnumSet<CreateFlag> flags = EnumSet.of(CreateFlag.CREATE, CreateFlag.OVERWRITE);
    if (durability == Durability.FORCED) {
      // Of a file with several blocks, HDFS forces the last one only without it.
      flags.add(CreateFlag.SYNC_BLOCK);
    }
    return files.create(file, flags, Options.CreateOpts.createParent());
  }

  private static void fill(OutputStream created, RunFiles.Content content, Durability durability)
      throws IOException {
    try (OutputStream out = new BufferedOutputStream(created, 1 << 16)) {
      content.writeTo(out);
      if (durability == Durability.FORCED && created instanceof FSDataOutputStream stream) {
        out.flush();
        stream.hsync();
      }
    } catch (FSError e) {
      // What Hadoop makes of a local disk's errors; to all others they are like those of any file.
      throw new IOException(e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
    }
  }

  @Override
  public boolean createNew(Path target, RunFiles.Content content) throws IOException {
    OutputStream created;
    try {
      created = createAbsent(target);
    } catch (IOException e) {
      if (!files.util().exists(target)) {
        throw e;
      }
      return false;
    }
    fill(created, content, Durability.USUAL);
    return true;
  }

  private OutputStream createAbsent(Path target) throws IOException {
    URI to = uri(target);
    if (isLocal(to)) {
      // Hadoop's local file system looks first and creates then.
      java.nio.file.Path file = java.nio.file.Path.of(to);
      Files.createDirectories(file.getParent());
      return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }
    return files.create(target, EnumSet.of(CreateFlag.CREATE), Options.CreateOpts.createParent());
  }

  @Override
  public boolean elects() {
    return true;
  }

  private void rename(Path source, Path target) throws IOException {
    URI to = uri(target);
    if (isLocal(to)) {
      // Hadoop's local file system deletes the target first: for a moment there would be no file.
      Files.move(
          java.nio.file.Path.of(uri(source)),
          java.nio.file.Path.of(to),
          StandardCopyOption.ATOMIC_MOVE);
    } else {
      files.rename(source, target, Options.Rename.OVERWRITE);
    }
  }

  /** Name nodes force names by themselves. */
  private void forceName(Path file) throws IOException {
    URI uri = uri(file);
    if (isLocal(uri)) {
      java.nio.file.Path directory = java.nio.file.Path.of(uri).getParent();
      force(directory);
      // The directory may be as new as the file.
      force(directory.getParent());
    }
  }

  private static void force(java.nio.file.Path directory) throws IOException {
    if (directory != null) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private URI uri(Path path) {
    return files.makeQualified(path).toUri();
  }

  private static boolean isLocal(URI uri) {
    return "file".equals(uri.getScheme());
  }

  @Override
  public FileStatus status(Path path) throws IOException {
    return files.getFileStatus(path);
  }

  @Override
  public FSDataInputStream open(Path path) throws IOException {
    return files.open(path);
  }

  @Override
  public RemoteIterator<FileStatus> list(Path directory) throws IOException {
    return files.listStatus(directory);
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    files.mkdir(directory, FileContext.DIR_DEFAULT_PERM, true);
  }

  @Override
  public void delete(Path path) throws IOException {
    try {
      files.delete(path, true);
    } catch (FileNotFoundException e) {
      // What should be gone is gone.
    }
  }

  /** A file under a name that readers skip. */
  private final class Temporary implements Draft {
    private final Path temporary;
    private final Place place;
    private boolean published;

    Temporary(Path temporary, Place place) {
      this.temporary = temporary;
      this.place = place;
    }

    /** A draft that a successor cleared away can't be renamed, even if it is late. */
    @Override
    public void publish(Runnable fence) throws IOException {
      fence.run();
      rename(temporary, place.target());
      published = true;
      if (place.durability() == Durability.FORCED) {
        forceName(place.target());
      }
    }

    @Override
    public void close() {
      if (published) {
        return;
      }
      try {
        files.delete(temporary, false);
      } catch (IOException e) {
        // The write failed already; its error is the one to report.
      }
    }
  }
}
