package org.modelzoo.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class LocationsTest {
  private final Configuration hadoop = new Configuration();

  @Test
  void aRelativePathIsLocalWhateverTheDefaultFileSystem() {
    hadoop.set("fs.defaultFS", "hdfs://namenode:8020");
    assertThat(Locations.qualified("runs/a", hadoop))
        .isEqualTo("file:" + Path.of("runs/a").toAbsolutePath());
  }

  @Test
  void anAbsolutePathIsOnTheDefaultFileSystem() {
    assertThat(Locations.qualified("/data", hadoop)).isEqualTo("file:/data");
  }

  @Test
  void aUriStays() {
    assertThat(Locations.qualified("s3a://bucket/runs", hadoop)).isEqualTo("s3a://bucket/runs");
  }

  @Test
  void nonsenseStaysForItsReaderToReport() {
    assertThat(Locations.qualified("a:b:c", hadoop)).isEqualTo("a:b:c");
  }
}
