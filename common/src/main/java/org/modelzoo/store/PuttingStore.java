package org.modelzoo.store;

import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FSBuilder;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * Publishes by one upload of the whole content: stores of objects, where a rename is a copy and a
 * deletion, and an object appears, or is replaced, when its upload ends. What is uploaded stands in
 * a local temporary file before, so that content that fails half-way is never uploaded.
 */
final class PuttingStore implements Store {
  /** Hadoop's options since 3.4.2, by which S3A makes an upload depend on what is there. */
  private static final String IF_ABSENT = "fs.option.create.conditional.overwrite";

  private static final String IF_UNCHANGED = "fs.option.create.conditional.overwrite.etag";

  /** State files are replaced every second at most. */
  private static final int READS = 5;

  private final FileSystem files;
  private final boolean conditional;

  PuttingStore(FileSystem files, Path location) throws IOException {
    this.files = files;
    this.conditional = files.hasPathCapability(location, IF_ABSENT);
  }

  @Override
  public Draft draft(Place place, RunFiles.Content content) throws IOException {
    Upload draft = new Upload(place, temporary());
    try {
      draft.begin(content);
      return draft;
    } catch (IOException | RuntimeException e) {
      draft.close();
      throw e;
    }
  }

  private static java.nio.file.Path temporary() throws IOException {
    return Files.createTempFile("modelzoo-", ".upload");
  }

  private static void fill(java.nio.file.Path local, RunFiles.Content content) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(local), 1 << 16)) {
      content.writeTo(out);
    }
  }

  @Override
  public boolean createNew(Path target, RunFiles.Content content) throws IOException {
    java.nio.file.Path local = temporary();
    try {
      fill(local, content);
      return uploadNew(target, local);
    } finally {
      Files.deleteIfExists(local);
    }
  }

  private boolean uploadNew(Path target, java.nio.file.Path local) throws IOException {
    if (exists(target)) {
      return false;
    }
    try {
      if (conditional) {
        upload(local, files.createFile(target).recursive().must(IF_ABSENT, true));
      } else {
        upload(local, files.createFile(target).recursive().overwrite(!elects()));
      }
      return true;
    } catch (IOException e) {
      if (!exists(target)) {
        throw e;
      }
      // Its answer got lost, perhaps, and the client tried again and met its own object.
      return holds(target, Files.readAllBytes(local));
    }
  }

  private boolean holds(Path target, byte[] content) throws IOException {
    try {
      return Arrays.equals(read(target, Long.MAX_VALUE), content);
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /** Google's connector creates by the object's generation; others look first and create then. */
  @Override
  public boolean elects() {
    return conditional || "gs".equals(files.getUri().getScheme());
  }

  private static void upload(java.nio.file.Path local, FSBuilder<?, ?> builder) throws IOException {
    try (OutputStream out = (OutputStream) builder.build()) {
      try (InputStream in = Files.newInputStream(local)) {
        in.transferTo(out);
      } catch (IOException e) {
        abort(out); // Closing would publish what there is.
        throw e;
      }
    }
  }

  private static void abort(OutputStream out) {
    if (out instanceof FSDataOutputStream upload
        && upload.hasCapability(StreamCapabilities.ABORTABLE_STREAM)) {
      upload.abort();
    }
  }

  private boolean exists(Path path) throws IOException {
    return find(path).isPresent();
  }

  private Optional<FileStatus> find(Path path) throws IOException {
    try {
      return Optional.of(files.getFileStatus(path));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
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
  public byte[] read(Path path, long mostBytes) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return Store.super.read(path, mostBytes);
      } catch (IOException e) {
        if (!isReplaced(e) || attempt == READS) {
          throw e;
        }
      }
    }
  }

  /** S3A looks at an object, and refuses to read another one that came into its place. */
  private static boolean isReplaced(IOException e) {
    return e.getClass().getSimpleName().equals("RemoteFileChangedException");
  }

  @Override
  public RemoteIterator<FileStatus> list(Path directory) throws IOException {
    return files.listStatusIterator(directory);
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    files.mkdirs(directory);
  }

  @Override
  public void delete(Path path) throws IOException {
    try {
      files.delete(path, true);
    } catch (FileNotFoundException e) {
      // What should be gone is gone.
    }
  }

  /** Content in a local file. */
  private final class Upload implements Draft {
    private final Path target;
    private final java.nio.file.Path local;
    private final boolean guarded;
    private Optional<FileStatus> replaced = Optional.empty();

    Upload(Place place, java.nio.file.Path local) {
      this.target = place.target();
      this.local = local;
      this.guarded = conditional && place.replaces() == Replaces.WHAT_WAS_THERE;
    }

    void begin(RunFiles.Content content) throws IOException {
      if (guarded) {
        replaced = find(target);
      }
      fill(local, content);
    }

    @Override
    public void publish(Runnable fence) throws IOException {
      fence.run();
      if (guarded) {
        uploadGuarded();
      } else {
        upload(local, files.createFile(target).recursive().overwrite(true));
      }
      try {
        fence.run();
      } catch (RuntimeException e) {
        // The upload was late. What its successor wrote it can't have replaced, see above.
        if (guarded && replaced.isEmpty() && holds(target, Files.readAllBytes(local))) {
          delete(target);
        }
        throw e;
      }
    }

    private void uploadGuarded() throws IOException {
      FSDataOutputStreamBuilder<?, ?> builder = files.createFile(target).recursive();
      try {
        upload(
            local,
            replaced.isPresent()
                ? builder.must(IF_UNCHANGED, ((EtagSource) replaced.get()).getEtag())
                : builder.must(IF_ABSENT, true));
      } catch (IOException e) {
        // As where a file is created: the client may have met its own object.
        if (!holds(target, Files.readAllBytes(local))) {
          throw e;
        }
      }
    }

    @Override
    public void close() {
      try {
        Files.deleteIfExists(local);
      } catch (IOException e) {
        local.toFile().deleteOnExit();
      }
    }
  }
}
