package org.modelzoo.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The task sets in {@code conf/data} are those of the published programs. */
class PublishedTasksTest {
  private static final Path DIRECTORY = Path.of("..", "conf", "data");
  private static final List<Integer> DIGITS = IntStream.range(0, 10).boxed().toList();

  /** The superclasses of CIFAR-100 in their official order. */
  private static final String SUPERCLASSES =
      """
      aquatic mammals: 4 30 55 72 95
      fish: 1 32 67 73 91
      flowers: 54 62 70 82 92
      food containers: 9 10 16 28 61
      fruit and vegetables: 0 51 53 57 83
      household electrical devices: 22 39 40 86 87
      household furniture: 5 20 25 84 94
      insects: 6 7 14 18 24
      large carnivores: 3 42 43 88 97
      large man-made outdoor things: 12 17 37 68 76
      large natural outdoor scenes: 23 33 49 60 71
      large omnivores and herbivores: 15 19 21 31 38
      medium-sized mammals: 34 63 64 66 75
      non-insect invertebrates: 26 45 77 79 99
      people: 2 11 35 46 98
      reptiles: 27 29 44 78 93
      small mammals: 36 50 65 74 80
      trees: 47 52 56 59 96
      vehicles 1: 8 13 48 58 90
      vehicles 2: 41 69 81 85 89
      """;

  @Test
  void coarseCifar100HasTheSuperclassesInTheirOrder() {
    List<TaskConfig> tasks = data("coarse_cifar100").set().tasks();

    assertThat(tasks.stream().map(TaskConfig::classes)).containsExactlyElementsOf(superclasses());
    assertThat(tasks.stream().flatMap(task -> task.classes().stream()).sorted())
        .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
    assertThat(tasks).allMatch(task -> task.labelNoise() == 0);
  }

  /** As the published lists have them: a class plus 100 has random labels. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "custom_cifar100 | flowers, household electrical devices, large natural outdoor scenes,"
            + " small mammals, vehicles 1",
        "custom1_cifar100 | household electrical devices, large natural outdoor scenes,"
            + " large omnivores and herbivores, small mammals, vehicles 1",
        "custom2_cifar100 | household electrical devices, large man-made outdoor things,"
            + " large natural outdoor scenes, large omnivores and herbivores, small mammals",
        "custom3_cifar100 | fish, household electrical devices, large natural outdoor scenes,"
            + " large omnivores and herbivores, small mammals",
        "noise1_cifar100 | aquatic mammals + 100, insects, large carnivores + 100,"
            + " large omnivores and herbivores",
        "noise2_cifar100 | flowers + 100, fruit and vegetables, large carnivores + 100,"
            + " large omnivores and herbivores",
        "noise3_cifar100 | insects + 100, large natural outdoor scenes, people + 100, vehicles 1"
      })
  void choicesOfSuperclasses(String set, String list) {
    List<List<Integer>> published = new ArrayList<>();
    for (String task : list.split(", ")) {
      int added = task.endsWith(" + 100") ? 100 : 0;
      published.add(superclass(task.replace(" + 100", "")).stream().map(it -> it + added).toList());
    }

    DataConfig data = data(set);

    assertThat(data.set().source()).isEqualTo(new SourceConfig.Cifar100());
    assertThat(data.set().tasks().stream().map(PublishedTasksTest::withNoiseMarked))
        .containsExactlyElementsOf(published);
  }

  private static List<Integer> withNoiseMarked(TaskConfig task) {
    assertThat(task.labelNoise()).isIn(0.0, 1.0);
    assertThat(task.noisyClasses()).isEmpty();
    return task.classes().stream().map(it -> it + (int) (100 * task.labelNoise())).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "split_mnist, 5, 2",
    "split_fashion_mnist, 5, 2",
    "split_cifar10, 5, 2",
    "split_cifar100, 20, 5",
    "split_miniimagenet, 20, 5"
  })
  void splitsInLabelOrder(String set, int tasks, int classes) {
    List<TaskConfig> found = data(set).set().tasks();

    assertThat(found).hasSize(tasks);
    assertThat(found.stream().flatMap(task -> task.classes().stream()))
        .containsExactlyElementsOf(IntStream.range(0, tasks * classes).boxed().toList());
    assertThat(found).allMatch(task -> task.classes().size() == classes);
  }

  @Test
  void miniImageNetIsReadFromThePublishedFiles() {
    assertThat(data("split_miniimagenet").set().source())
        .isEqualTo(new SourceConfig.MiniImageNet());
  }

  @ParameterizedTest
  @CsvSource({"rotated_mnist", "rotated_fashion_mnist"})
  void rotationsAreByTenDegreesEach(String set) {
    DataConfig data = data(set);

    assertThat(data.interpolation()).isEqualTo(DataConfig.Interpolation.NEAREST);
    assertThat(data.set().tasks()).allMatch(task -> task.classes().equals(DIGITS));
    assertThat(data.set().tasks())
        .extracting(TaskConfig::rotation)
        .containsExactly(0.0, 10.0, 20.0, 30.0, 40.0);
  }

  @ParameterizedTest
  @CsvSource({"permuted_mnist", "permuted_fashion_mnist"})
  void permutationsAreThePublishedOnesAfterTheIdentity(String set) {
    DataConfig data = data(set);

    assertThat(data.permutation()).isEqualTo(DataConfig.Permutation.PUBLISHED);
    assertThat(data.set().tasks()).allMatch(task -> task.classes().equals(DIGITS));
    assertThat(data.set().tasks())
        .extracting(TaskConfig::permutationSeed)
        .containsExactly(0L, 1L, 2L, 3L, 4L);
  }

  private static DataConfig data(String set) {
    List<Path> files = List.of(DIRECTORY.resolve(set + ".conf"));
    DataConfig data = ConfigLoader.load(files, List.of("data.directory=d")).values().data();
    assertThat(data.set().name()).isEqualTo(set);
    return data;
  }

  private static List<List<Integer>> superclasses() {
    return SUPERCLASSES.lines().map(line -> superclass(line.split(":")[0])).toList();
  }

  private static List<Integer> superclass(String name) {
    Map<String, List<Integer>> classes = new HashMap<>();
    for (String line : SUPERCLASSES.split("\n")) {
      String[] parts = line.split(": ");
      List<Integer> labels = new ArrayList<>();
      for (String label : parts[1].split(" ")) {
        labels.add(Integer.valueOf(label));
      }
      classes.put(parts[0], labels);
    }
    assertThat(classes).containsKey(name);
    return classes.get(name);
  }
}
