package org.modelzoo.spark.faults;

import java.net.URI;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The local disk under another name, {@code faulty:///…}, for Hadoop's older interface. */
public final class FaultyFileSystem extends RawLocalFileSystem {
  static final URI ROOT = URI.create("faulty:///");

  @Override
  public URI getUri() {
    return ROOT;
  }

  @Override
  public String getScheme() {
    return ROOT.getScheme();
  }
}
