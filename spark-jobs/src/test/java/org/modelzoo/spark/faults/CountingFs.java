package org.modelzoo.spark.faults;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FileStatus;

/** The local disk under another name, in this process alone, which counts how often it is asked. */
public final class CountingFs extends DelegateToFileSystem {
  private static final AtomicInteger LOOKS = new AtomicInteger();

  /** Called by Hadoop. */
  CountingFs(URI location, Configuration hadoop) throws IOException, URISyntaxException {
    super(FaultyFileSystem.ROOT, new FaultyFileSystem(), hadoop, "faulty", false);
  }

  /** How Hadoop finds it. */
  public static Configuration configuration() {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.faulty.impl", FaultyFileSystem.class.getName());
    hadoop.set("fs.AbstractFileSystem.faulty.impl", CountingFs.class.getName());
    return hadoop;
  }

  /** How often what is at a place was asked for, in this process so far. */
  public static int looks() {
    return LOOKS.get();
  }

  @Override
  public int getUriDefaultPort() {
    return -1;
  }

  @Override
  public FileStatus getFileStatus(org.apache.hadoop.fs.Path file) throws IOException {
    LOOKS.incrementAndGet();
    return super.getFileStatus(file);
  }

  @Override
  public void renameInternal(
      org.apache.hadoop.fs.Path source, org.apache.hadoop.fs.Path target, boolean overwrite)
      throws IOException {
    Files.move(local(source), local(target), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void renameInternal(org.apache.hadoop.fs.Path source, org.apache.hadoop.fs.Path target)
      throws IOException {
    renameInternal(source, target, true);
  }

  private static Path local(org.apache.hadoop.fs.Path path) {
    return Path.of(path.toUri().getPath());
  }
}
