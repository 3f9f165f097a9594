package org.modelzoo.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.modelzoo.config.DataConfig;
import org.modelzoo.config.ImageShape;
import org.modelzoo.config.SourceConfig;
import org.modelzoo.config.TaskConfig;
import org.modelzoo.data.DataCheck;
import org.modelzoo.data.DataFixtures;
import org.modelzoo.data.LabelledImages;
import org.modelzoo.data.TaskImages;
import org.modelzoo.data.TaskLoader;

class DataInspectionTest {
  private static final SourceConfig.Synthetic SOURCE = DataFixtures.synthetic(2, 1, 20);

  @Test
  void everyClassOfEveryTaskIsCounted() {
    DataConfig data = DataFixtures.data(SOURCE, DataFixtures.syntheticTasks(SOURCE));

    DataInspection inspection =
        DataInspection.of(data, 1, new Configuration(), (sheet, task) -> {});

    assertThat(inspection.fingerprint())
        .isEqualTo(DataCheck.check(data, new Configuration()).fingerprint());
    assertThat(inspection.tasks()).hasSize(2);
    TaskInspection second = inspection.tasks().get(1);
    assertThat(second.classes()).extracting(ClassCounts::label).containsExactly(4, 5, 6, 7);
    assertThat(second.classes())
        .allMatch(
            counts -> counts.train() == 16 && counts.validation() == 4 && counts.test() == 10);
    assertThat(List.of(second.train(), second.validation(), second.test()))
        .containsExactly(64, 16, 40);
    assertThat(second.channels()).hasSize(3).allMatch(channel -> channel.deviation() > 0);
    assertThat(second.duplicates().any()).isFalse();
  }

  @Test
  void noisyLabelsAreCountedWhereTheNoisePutThem() {
    TaskConfig noisy = new TaskConfig("noisy", List.of(0, 1), 0, 0, 1, List.of());

    TaskInspection task =
        DataInspection.of(
                DataFixtures.data(SOURCE, List.of(noisy)),
                1,
                new Configuration(),
                (sheet, index) -> {})
            .tasks()
            .get(0);

    assertThat(task.train()).isEqualTo(32);
    assertThat(task.classes().get(0).train()).isNotEqualTo(16);
  }

  @Test
  void aSheetShowsImagesOfEveryClassAsTheyAre() {
    List<BufferedImage> sheets = new ArrayList<>();
    DataConfig data = DataFixtures.data(SOURCE, DataFixtures.syntheticTasks(SOURCE));
    DataInspection.of(data, 1, new Configuration(), (sheet, task) -> sheets.add(sheet.draw()));

    assertThat(sheets).hasSize(2);
    BufferedImage sheet = sheets.get(0);
    byte[] first = TaskLoader.of(data, 1, new Configuration()).load(0).train().pixels();
    int colour = (first[0] & 0xFF) << 16 | (first[1] & 0xFF) << 8 | (first[2] & 0xFF);
    // Four rows of twelve pixels, four times as large.
    assertThat(sheet.getHeight()).isBetween(4 * 48, 4 * 48 + 150);
    assertThat(columnsThatStartWith(sheet, colour)).isPositive();
  }

  @Test
  void aSheetOfManyClassesStaysOfASizeToLookAt() {
    int classes = 2000;
    ImageShape shape = new ImageShape(1, 1, 1);
    LabelledImages images = new LabelledImages(shape, new byte[classes], labels(classes));
    TaskInspection task =
        new TaskInspection(
            "many",
            IntStream.range(0, classes)
                .mapToObj(label -> new ClassCounts(label, "a name ".repeat(50), 1, 0, 1))
                .toList(),
            List.of(),
            Duplicates.NONE);

    BufferedImage sheet = new ContactSheet(task, new TaskImages(images, images, images)).draw();

    assertThat(sheet.getHeight()).isLessThan(4000);
    assertThat(sheet.getWidth()).isLessThan(2000);
  }

  private static int columnsThatStartWith(BufferedImage sheet, int colour) {
    int found = 0;
    for (int y = 0; y < sheet.getHeight(); y++) {
      for (int x = 0; x < sheet.getWidth(); x++) {
        found += (sheet.getRGB(x, y) & 0xFFFFFF) == colour ? 1 : 0;
      }
    }
    return found;
  }

  private static short[] labels(int classes) {
    short[] labels = new short[classes];
    for (int label = 0; label < classes; label++) {
      labels[label] = (short) label;
    }
    return labels;
  }
}
