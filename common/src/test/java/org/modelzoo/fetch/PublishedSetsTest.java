package org.modelzoo.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

class PublishedSetsTest {
  @ParameterizedTest
  @ValueSource(strings = {"mnist", "fashion-mnist", "cifar-10", "cifar-100"})
  void aSetSaysWhatItsFilesAreAndWhoseTheyAre(String name) {
    PublishedSet set = PublishedSets.named(name);

    Set<String> sums = new HashSet<>();
    for (PublishedFile file : set.files()) {
      assertThat(file.sha256()).matches("[0-9a-f]{64}");
      sums.add(file.sha256());
    }
    assertThat(sums).hasSameSizeAs(set.files());
    assertThat(set.mirrors()).isNotEmpty().allMatch(mirror -> mirror.toString().endsWith("/"));
    assertThat(List.of(set.source(), set.terms(), set.citation())).noneMatch(String::isBlank);
  }

  @Test
  void whatCannotBeFetchedIsExplained() {
    assertThatThrownBy(() -> PublishedSets.named("mini-imagenet"))
        .matches(PublishedSetsTest::isUsage)
        .hasMessageContainingAll("image-net.org", "split_miniimagenet.conf");
    assertThatThrownBy(() -> PublishedSets.named("cifar10"))
        .matches(PublishedSetsTest::isUsage)
        .hasMessageContainingAll("cifar10", "mnist, fashion-mnist, cifar-10, cifar-100");
  }

  private static boolean isUsage(Throwable error) {
    return error instanceof ModelZooException known && known.kind() == ErrorKind.CONFIGURATION;
  }
}
