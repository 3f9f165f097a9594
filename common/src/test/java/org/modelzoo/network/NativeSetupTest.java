package org.modelzoo.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.util.CrashReportingUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.config.ImageShape;

class NativeSetupTest {
  @TempDir private Path directory;

  @Test
  void memoryThatRunsOutLeavesNoReport() {
    NativeSetup.ensure();
    NetworkSpec spec = new NetworkSpec("small-conv", 0, new ImageShape(22, 22, 1), List.of(2));
    CrashReportingUtil.crashDumpOutputDirectory(directory.toFile());
    try {
      CrashReportingUtil.writeMemoryCrashDump(Networks.build(spec, 1), new OutOfMemoryError());
    } finally {
      CrashReportingUtil.crashDumpOutputDirectory(null);
    }

    assertThat(directory).isEmptyDirectory();
  }
}
