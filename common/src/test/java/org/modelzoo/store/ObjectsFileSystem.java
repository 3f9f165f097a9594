package org.modelzoo.store;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A store of objects as S3A of Hadoop 3.3 shows it, on a local disk, {@code objects:///…}: a file
 * is there once it was closed, without conditions; nothing can be renamed.
 */
public final class ObjectsFileSystem extends RawLocalFileSystem {
  /** Lets programs know it. */
  static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set("fs.objects.impl", ObjectsFileSystem.class.getName());
    return configuration;
  }

  @Override
  public URI getUri() {
    return URI.create("objects:///");
  }

  @Override
  public String getScheme() {
    return "objects";
  }

  @Override
  public boolean hasPathCapability(Path path, String capability) {
    return false;
  }

  @Override
  public boolean rename(Path source, Path target) throws IOException {
    throw new IOException("a rename is no way to publish an object");
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    java.nio.file.Path target = java.nio.file.Path.of(path.toUri().getPath());
    if (!overwrite && Files.exists(target)) {
      throw new org.apache.hadoop.fs.FileAlreadyExistsException(target.toString());
    }
    java.nio.file.Path upload = Files.createTempFile("object", "");
    return new FSDataOutputStream(
        new Upload(new BufferedOutputStream(Files.newOutputStream(upload)), upload, target),
        statistics);
  }

  private static final class Upload extends FilterOutputStream {
    private final java.nio.file.Path upload;
    private final java.nio.file.Path target;

    Upload(OutputStream out, java.nio.file.Path upload, java.nio.file.Path target) {
      super(out);
      this.upload = upload;
      this.target = target;
    }

    @Override
    public void close() throws IOException {
      super.close();
      Files.createDirectories(target.getParent());
      Files.move(upload, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
