package org.modelzoo.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.LoadedConfig;

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
  void aConfigurationIsReadAgainOnlyWhereALocationChanges() {
    List<String> keys =
        List.of("experiment.name=a", "data.set.name=b", "data.set.source.format=synthetic");
    LoadedConfig uri =
        ConfigLoader.load(List.of(), keys).with(List.of("output.directory=\"file:/a\""));
    assertThat(Locations.qualified(uri, hadoop)).isSameAs(uri);

    LoadedConfig path = uri.with(List.of("output.directory=/a"));
    assertThat(Locations.qualified(path, hadoop)).isEqualTo(uri);
  }

  @Test
  void nonsenseStaysForItsReaderToReport() {
    assertThat(Locations.qualified("a:b:c", hadoop)).isEqualTo("a:b:c");
  }
}
