package org.modelzoo.board.scan;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Stores that don't do: {@code hangs://} answers nothing, {@code broken://} with an error. */
public class SickFileSystem extends RawLocalFileSystem {
  private URI uri;

  static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set("fs.hangs.impl", Hanging.class.getName());
    configuration.set("fs.broken.impl", SickFileSystem.class.getName());
    return configuration;
  }

  @Override
  public void initialize(URI uri, Configuration configuration) throws IOException {
    super.initialize(URI.create("file:///"), configuration);
    this.uri = uri;
  }

  @Override
  public URI getUri() {
    return uri == null ? super.getUri() : URI.create(uri.getScheme() + "://" + uri.getHost());
  }

  @Override
  public boolean hasPathCapability(Path path, String capability) {
    return false;
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    throw new IOException("503 Slow Down");
  }

  @Override
  public FileStatus[] listStatus(Path path) throws FileNotFoundException, IOException {
    throw new IOException("503 Slow Down");
  }

  /** Answers when it is too late. */
  public static final class Hanging extends SickFileSystem {
    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
      try {
        Thread.sleep(600_000);
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
      return super.getFileStatus(path);
    }
  }
}
