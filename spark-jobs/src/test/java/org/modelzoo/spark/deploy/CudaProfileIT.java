package org.modelzoo.spark.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the profile cuda packages, with small jars in place of the backend's 600 MB. */
@Tag("full")
class CudaProfileIT {
  private static final Path ROOT = DeployProgram.DEPLOY.getParent();
  private static final String ND4J = "1.0.0-M2.1";
  private static final String CUDA = "11.6-8.3-1.5.7";
  private static final String BACKEND = "nd4j-cuda-11.6-" + ND4J;
  private static final String BACKEND_CLASS = "org/nd4j/linalg/jcublas/JCublasBackend.class";
  private static final String NATIVES =
      "org/nd4j/linalg/jcublas/bindings/linux-x86_64-cudnn/libnd4jcuda.so";

  /** The jars by their place in a repository, and an entry of each. */
  private static final Map<String, String> JARS =
      Map.of(
          "org/nd4j/nd4j-cuda-11.6/%s/%s.jar".formatted(ND4J, BACKEND), BACKEND_CLASS,
          "org/nd4j/nd4j-cuda-11.6/%s/%s-linux-x86_64-cudnn.jar".formatted(ND4J, BACKEND), NATIVES,
          "org/nd4j/nd4j-cuda-11.6-preset/%1$s/nd4j-cuda-11.6-preset-%1$s.jar".formatted(ND4J),
              "org/nd4j/presets/cuda/Nd4jCudaPresets.class",
          "org/nd4j/nd4j-cuda-11.6-preset/%1$s/nd4j-cuda-11.6-preset-%1$s-linux-x86_64.jar"
                  .formatted(ND4J),
              "preset-natives",
          "org/bytedeco/cuda/%1$s/cuda-%1$s.jar".formatted(CUDA),
              "org/bytedeco/cuda/global/cudart.class",
          "org/bytedeco/cuda/%1$s/cuda-%1$s-linux-x86_64.jar".formatted(CUDA),
              "org/bytedeco/cuda/linux-x86_64/libjnicudart.so");

  @TempDir private Path directory;

  @Test
  void theBackendForCardsLiesBesideAnApplicationJarWithoutAnyBackend() throws Exception {
    ProfileBuild build = new ProfileBuild(directory, JARS);
    build.run("-Pcuda");

    Path target = build.target("");
    assertThat(ProfileBuild.names(target.resolve("cuda"))).isEqualTo(fileNames());
    assertThat(ProfileBuild.entries(target.resolve("cuda/" + BACKEND + ".jar")))
        .contains(BACKEND_CLASS);
    assertThat(ProfileBuild.entries(target.resolve("cuda/" + BACKEND + "-linux-x86_64-cudnn.jar")))
        .contains(NATIVES);
    assertThat(build.tree())
        .contains("nd4j-cuda-11.6:jar:linux-x86_64-cudnn:" + ND4J)
        .doesNotContain("nd4j-native:", "nd4j-native-preset:", "-redist");
    assertThat(ProfileBuild.entries(target.resolve("modelzoo-app.jar")))
        .contains("org/nd4j/linalg/factory/Nd4j.class", "org/bytedeco/javacpp/Loader.class")
        .noneMatch(entry -> entry.contains("jcublas") || entry.startsWith("org/bytedeco/cuda/"))
        .noneMatch(entry -> entry.contains("nativecpu") || entry.contains("nd4jcpu"))
        .doesNotContain("META-INF/services/org.nd4j.linalg.factory.Nd4jBackend");
  }

  @Test
  void withoutTheProfileTheApplicationJarHoldsTheBackendForProcessors() throws IOException {
    Path target = ROOT.resolve("spark-jobs/target");
    assertThat(ProfileBuild.entries(target.resolve("modelzoo-app.jar")))
        .contains(
            "org/nd4j/linalg/cpu/nativecpu/CpuBackend.class",
            "META-INF/services/org.nd4j.linalg.factory.Nd4jBackend")
        .noneMatch(entry -> entry.contains("jcublas"));
  }

  /** So a driver, or anybody who plans, needs none: it would be extracted to the cache. */
  @Test
  void validateLoadsNoNativeLibrary() throws Exception {
    Path natives = directory.resolve("natives");
    DeployProgram.Result plan =
        new DeployProgram(
                directory,
                Map.of("JAVA_TOOL_OPTIONS", "-Dorg.bytedeco.javacpp.cachedir=" + natives))
            .run("modelzoo", "validate", "--config", ROOT.resolve("conf/quickstart.conf") + "");
    assertThat(plan.exitCode()).as(plan.err()).isZero();
    assertThat(plan.out()).contains("parameters in the largest member");
    assertThat(natives).doesNotExist();
  }

  private static Set<String> fileNames() {
    return JARS.keySet().stream()
        .map(place -> place.substring(place.lastIndexOf('/') + 1))
        .collect(Collectors.toSet());
  }
}
