package org.modelzoo.data;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class DataDirectoryTest {
  @Test
  void unknownHostIsADataError() {
    DataDirectory directory = new DataDirectory("hdfs://nowhere.invalid/data", new Configuration());

    assertThatThrownBy(directory::root)
        .matches(DataFixtures::isDataError)
        .hasMessageContainingAll(
            "hdfs://nowhere.invalid/data", "nowhere.invalid", "Check data.directory");
  }

  @Test
  void unknownSchemeIsADataError() {
    DataDirectory directory = new DataDirectory("nothing://host/data", new Configuration());

    assertThatThrownBy(directory::root)
        .matches(DataFixtures::isDataError)
        .hasMessageContainingAll("nothing://host/data", "Check data.directory");
  }

  @Test
  void malformedLocationIsADataError() {
    assertThatThrownBy(() -> new DataDirectory("images:2024", new Configuration()))
        .matches(DataFixtures::isDataError)
        .hasMessageContainingAll("data.directory = images:2024", "Set it to a path");
  }
}
