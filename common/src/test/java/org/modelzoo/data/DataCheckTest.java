package org.modelzoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.modelzoo.config.DataConfig;
import org.modelzoo.config.SourceConfig;

class DataCheckTest {
  private final Configuration hadoop = new Configuration(false);

  @Test
  void fingerprintsGeneratedDataByItsParameters() {
    SourceConfig.Synthetic source = DataFixtures.synthetic(2, 2, 10);
    DataConfig data = DataFixtures.data(source, DataFixtures.syntheticTasks(source));
    SourceConfig.Synthetic larger = DataFixtures.synthetic(2, 2, 11);

    assertThat(DataCheck.check(data, hadoop).fingerprint())
        .matches("[0-9a-f]{16}")
        .isEqualTo(DataCheck.check(data, hadoop).fingerprint())
        .isNotEqualTo(
            DataCheck.check(DataFixtures.data(larger, DataFixtures.syntheticTasks(larger)), hadoop)
                .fingerprint());
  }

  @Test
  void namesClassesThatDoNotExistWithoutTouchingAFile() {
    DataConfig data =
        DataFixtures.data(
            "nowhere", new SourceConfig.Cifar10(), List.of(DataFixtures.task(1, 12, -1)), 0, 0);

    assertThatThrownBy(() -> DataCheck.check(data, hadoop))
        .matches(DataFixtures::isDataError)
        .hasMessageContainingAll("Task task of test", "[12, -1]", "0 to 9");
  }

  @Test
  void asksForADirectory() {
    DataConfig data =
        DataFixtures.data("", new SourceConfig.Cifar10(), List.of(DataFixtures.task(1)), 0, 0);

    assertThatThrownBy(() -> DataCheck.check(data, hadoop))
        .matches(DataFixtures::isDataError)
        .hasMessageContaining("data.directory is empty");
  }
}
