package org.modelzoo.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With made-up directories of libraries. */
class CardRequirementsTest {
  private static final CardRequirements TORCH = CardRequirements.ofLibtorch("2.10.0-1.5.13");
  private static final CardRequirements OLDER = CardRequirements.ofLibtorch("2.7.1-1.5.12");

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "2.1, false, false, false",
    "3.5, false, false, false",
    "3.7, true, false, false",
    "5.0, true, true, false",
    "5.2, true, true, false",
    "6.0, true, true, false",
    "7.0, true, true, false",
    "7.5, true, true, true",
    "8.0, true, true, true",
    "8.9, true, true, true",
    "9.0, false, true, true",
    "10.0, false, false, true",
    "11.0, false, false, false",
    "12.0, false, false, true",
    "12.1, false, false, true",
    "13.0, false, false, false",
  })
  void theLibrariesHaveCodeForTheseCards(
      String capability, boolean nd4j, boolean older, boolean torch) {
    String[] parts = capability.split("\\.", 2);
    int major = Integer.parseInt(parts[0]);
    int minor = Integer.parseInt(parts[1]);
    assertThat(CardRequirements.ofNd4j().hasCodeFor(major, minor)).isEqualTo(nd4j);
    assertThat(OLDER.hasCodeFor(major, minor)).isEqualTo(older);
    assertThat(TORCH.hasCodeFor(major, minor)).isEqualTo(torch);
  }

  @Test
  void theProgramKnowsWhichLibtorchItWasBuiltWith() {
    assertThat(CardRequirements.ofLibtorch().library()).matches("libtorch 2\\.[0-9]+\\.[0-9]+");
  }

  @Test
  void jarsThatAreNotThereComeFirst() throws IOException {
    assertThat(missing(TORCH, List.of()))
        .get()
        .asString()
        .startsWith("libtorch 2.10.0 for NVIDIA cards isn't on the class path")
        .contains("libtorch_cuda.so", "spark-jobs/target/gpu (mvn -Pgpu package)", "--jars");
    assertThat(missing(OLDER, List.of())).get().asString().contains("-Pgpu -Dlibtorch=2.7.1");
  }

  @Test
  void everyLibraryThatIsMissingIsNamed() throws IOException {
    jars(TORCH);
    List<String> present = TORCH.libraries().subList(3, TORCH.libraries().size() - 1);
    assertThat(missing(TORCH, present))
        .get()
        .asString()
        .contains("libcuda.so.1, libcudart.so.13, libcupti.so.13, libcudnn_graph.so.9; they come")
        .contains("CUDA 13, cuDNN 9 and NCCL 2", "LD_LIBRARY_PATH")
        .doesNotContain("libcublas");
  }

  @Test
  void withAllOfThemNothingIsMissing() throws IOException {
    jars(OLDER);
    assertThat(missing(OLDER, OLDER.libraries())).isEmpty();
    assertThat(missing(OLDER, TORCH.libraries())).get().asString().contains("libcudart.so.12");
  }

  @Test
  void theLinkersListCountsAsADirectoryDoes() {
    SharedLibraries libraries =
        new SharedLibraries(List.of(), "ld.so-1.7.0\0libz.so.1\0/usr/lib/libz.so.1\0");
    assertThat(libraries.has("libz.so.1")).isTrue();
    assertThat(libraries.has("libz.so")).isFalse();
    assertThat(SharedLibraries.here().has("libc.so.6")).isTrue();
    assertThat(SharedLibraries.here().has("libnobody-has-it.so.7")).isFalse();
  }

  private void jars(CardRequirements needs) throws IOException {
    Path file = directory.resolve("jars").resolve(needs.jars());
    Files.createDirectories(file.getParent());
    Files.createFile(file);
  }

  private Optional<String> missing(CardRequirements needs, List<String> present)
      throws IOException {
    Path libraries = Files.createTempDirectory(directory, "lib");
    for (String name : present) {
      Files.createFile(libraries.resolve(name));
    }
    URL[] jars = {directory.resolve("jars").toUri().toURL()};
    try (URLClassLoader classPath = new URLClassLoader(jars, null)) {
      return needs.missing(classPath, new SharedLibraries(List.of(libraries), ""));
    }
  }
}
