package org.modelzoo.spark.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the profiles torch and gpu package, with small jars in place of libtorch's 550 MB. */
@Tag("full")
class LibtorchProfilesIT {
  private static final String TENSOR = "org/bytedeco/pytorch/Tensor.class";
  private static final String CUDART = "org/bytedeco/cuda/global/cudart.class";

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "2.10.0, 2.10.0-1.5.13, 13.1-9.19-1.5.13, 0.3.31-1.5.13, 1.5.13",
    "2.7.1, 2.7.1-1.5.12, 12.9-9.10-1.5.12, 0.3.30-1.5.12, 1.5.12"
  })
  void theNativesLieBesideAnApplicationJarWithTheBindings(
      String libtorch, String pytorch, String cuda, String openblas, String javacpp)
      throws Exception {
    Map<String, String> jars = new HashMap<>();
    jars.putAll(jars("pytorch", pytorch, TENSOR, "-linux-x86_64", "-linux-x86_64-gpu"));
    jars.putAll(jars("cuda", cuda, CUDART, "-linux-x86_64"));
    jars.putAll(
        jars("openblas", openblas, "org/bytedeco/openblas/global/a.class", "-linux-x86_64"));
    jars.putAll(jars("javacpp", javacpp, "org/bytedeco/javacpp/Loader.class", "-linux-x86_64"));
    ProfileBuild build = new ProfileBuild(directory, jars);
    build.run("-Ptorch,gpu", "-Dlibtorch=" + libtorch);

    assertThat(ProfileBuild.names(build.target("torch")))
        .isEqualTo(Set.of("pytorch-" + pytorch + "-linux-x86_64.jar"));
    assertThat(ProfileBuild.names(build.target("gpu")))
        .isEqualTo(
            Set.of(
                "pytorch-" + pytorch + "-linux-x86_64-gpu.jar",
                "cuda-" + cuda + "-linux-x86_64.jar"));
    assertThat(ProfileBuild.entries(build.target("modelzoo-app.jar")))
        .contains(TENSOR, CUDART, "org/bytedeco/openblas/linux-x86_64/natives")
        .noneMatch(entry -> entry.matches("org/bytedeco/(pytorch|cuda)/linux-.*/.+"));
    assertThat(build.tree())
        .contains("pytorch:jar:" + pytorch, "cuda:jar:" + cuda, "javacpp:jar:" + javacpp)
        .doesNotContain("pytorch:jar:linux");
  }

  @Test
  void anotherLibtorchIsRefused() throws Exception {
    assertThat(new ProfileBuild(directory, Map.of()).refused("-Dlibtorch=2.6.0"))
        .contains("There is no build with libtorch 2.6.0: write -Dlibtorch=2.7.1");
  }

  /** The jar of a library's classes, and those of its natives. */
  private static Map<String, String> jars(
      String artifact, String version, String entry, String... natives) {
    String place = "org/bytedeco/%1$s/%2$s/%1$s-%2$s".formatted(artifact, version);
    Map<String, String> jars = new HashMap<>(Map.of(place + ".jar", entry));
    for (String platform : natives) {
      jars.put(
          place + platform + ".jar",
          "org/bytedeco/%s/%s/natives".formatted(artifact, platform.substring(1)));
    }
    return jars;
  }
}
