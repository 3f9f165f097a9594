package org.modelzoo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.modelzoo.config.DataConfig;
import org.modelzoo.config.ImageShape;
import org.modelzoo.config.SourceConfig;
import org.modelzoo.config.TaskConfig;

class TaskSizesTest {
  private static final List<TaskConfig> TASKS = List.of(DataFixtures.task(0, 1, 2, 3, 4));

  @Test
  void countsThePublishedDataSets() {
    DataConfig cifar100 = data(new SourceConfig.Cifar100(), 0);
    assertThat(TaskSizes.trainImages(cifar100, 0)).hasValue(5 * 450);
    assertThat(TaskSizes.validationImages(cifar100, 0)).hasValue(5 * 50);
    assertThat(TaskSizes.testImages(cifar100, 0)).hasValue(5 * 100);

    DataConfig limited = data(new SourceConfig.Cifar10(), 50);
    assertThat(TaskSizes.trainImages(limited, 0)).hasValue(5 * 45);
    assertThat(TaskSizes.testImages(limited, 0)).hasValue(5 * 1000);
  }

  @Test
  void countsGeneratedTasksAsTheyAreLoaded() {
    SourceConfig.Synthetic source = DataFixtures.synthetic(2, 1, 25);
    DataConfig data = DataFixtures.data(source, DataFixtures.syntheticTasks(source));
    TaskImages images = new TaskLoader(data, 1, new SyntheticSource(source)).load(1);

    assertThat(TaskSizes.trainImages(data, 1)).hasValue(images.train().size());
    assertThat(TaskSizes.validationImages(data, 1)).hasValue(images.validation().size());
    assertThat(TaskSizes.testImages(data, 1)).hasValue(images.test().size());
  }

  @Test
  void saysNothingWhereOnlyTheFilesTell() {
    DataConfig folder = data(new SourceConfig.ImageFolder(new ImageShape(8, 8, 3), 0.8), 10);
    assertThat(TaskSizes.trainImages(folder, 0)).isEqualTo(OptionalInt.empty());
    DataConfig mnist = data(new SourceConfig.Mnist(), 0);
    assertThat(TaskSizes.trainImages(mnist, 0)).isEqualTo(OptionalInt.empty());
    assertThat(TaskSizes.validationImages(mnist, 0)).isEqualTo(OptionalInt.empty());
    assertThat(TaskSizes.testImages(mnist, 0)).isEqualTo(OptionalInt.empty());
    assertThat(TaskSizes.trainImages(data(new SourceConfig.Mnist(), 100), 0)).hasValue(5 * 90);
  }

  private static DataConfig data(SourceConfig source, int imagesPerClass) {
    return DataFixtures.data("", source, TASKS, imagesPerClass, 0.1);
  }
}
