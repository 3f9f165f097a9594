package org.modelzoo.spark.faults;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The local disk as {@code brittle:///…}, which fails to open files as often as it is told. */
public final class BrittleFileSystem extends RawLocalFileSystem {
  /** How many of the next attempts to open a file fail, in this JVM. */
  public static final AtomicInteger FAILURES = new AtomicInteger();

  @Override
  public URI getUri() {
    return URI.create("brittle:///");
  }

  @Override
  public String getScheme() {
    return "brittle";
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    if (FAILURES.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IOException("503 Slow Down");
    }
    return super.open(file, bufferSize);
  }
}
