package org.modelzoo.spark.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the profile cuda packages, by Maven itself on the project's own poms. Small jars stand in
 * for the 600 MB of the backend; all poms are the published ones.
 */
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
    Path project = poms();
    DeployProgram.Result built =
        maven(
            project,
            "-Pcuda",
            "-DskipTests",
            "-Dmaven.repo.local=" + repository(),
            "package",
            "dependency:tree",
            "-DoutputFile=" + directory.resolve("tree.txt"),
            "-DappendOutput=true");
    assumeThat(unreachable(built))
        .as("Maven can't fetch the poms of ND4J's CUDA backend: %s", built.out())
        .isFalse();
    assertThat(built.exitCode()).as(built.out()).isZero();

    Path target = project.resolve("spark-jobs/target");
    assertThat(names(target.resolve("cuda"))).isEqualTo(fileNames());
    assertThat(entries(target.resolve("cuda/" + BACKEND + ".jar"))).contains(BACKEND_CLASS);
    assertThat(entries(target.resolve("cuda/" + BACKEND + "-linux-x86_64-cudnn.jar")))
        .contains(NATIVES);
    assertThat(Files.readString(directory.resolve("tree.txt")))
        .contains("nd4j-cuda-11.6:jar:linux-x86_64-cudnn:" + ND4J)
        .doesNotContain("nd4j-native:", "nd4j-native-preset:", "-redist");
    assertThat(entries(target.resolve("modelzoo-app.jar")))
        .contains("org/nd4j/linalg/factory/Nd4j.class", "org/bytedeco/javacpp/Loader.class")
        .noneMatch(entry -> entry.contains("jcublas") || entry.contains("/cuda/"))
        .noneMatch(entry -> entry.contains("nativecpu") || entry.contains("nd4jcpu"))
        .doesNotContain("META-INF/services/org.nd4j.linalg.factory.Nd4jBackend");
  }

  @Test
  void withoutTheProfileTheApplicationJarHoldsTheBackendForProcessors() throws IOException {
    Path target = ROOT.resolve("spark-jobs/target");
    assertThat(entries(target.resolve("modelzoo-app.jar")))
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

  /** The project without its sources: what is packaged doesn't depend on them. */
  private Path poms() throws IOException {
    Path project = directory.resolve("project");
    for (String file :
        List.of(
            "pom.xml",
            "common/pom.xml",
            "deploy/s3a/pom.xml",
            "spark-jobs/pom.xml",
            "spark-jobs/src/test/s3proxy/pom.xml",
            ".mvn/jvm.config")) {
      Path copy = project.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(ROOT.resolve(file), copy);
    }
    return project;
  }

  /**
   * This build's own local repository, by links, with our jars in place of those of the backend.
   */
  private Path repository() throws IOException {
    Path original = Path.of(System.getProperty("localRepository"));
    Path copy = directory.resolve("repository");
    Files.walkFileTree(
        original,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(copy.resolve(original.relativize(from)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path from, BasicFileAttributes attributes)
              throws IOException {
            Path to = copy.resolve(original.relativize(from));
            if (from.toString().endsWith(".jar")) {
              Files.createSymbolicLink(to, from);
            } else {
              Files.copy(from, to);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    for (Map.Entry<String, String> jar : JARS.entrySet()) {
      Path file = copy.resolve(jar.getKey());
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(file);
      // What Maven remembers of where a file came from; without it, it is one of our own.
      Files.deleteIfExists(file.resolveSibling("_remote.repositories"));
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
        out.putNextEntry(new JarEntry(jar.getValue()));
      }
    }
    return copy;
  }

  private DeployProgram.Result maven(Path project, String... arguments) throws Exception {
    assumeThat(mavenIsOnThePath()).as("there is no mvn on the PATH").isTrue();
    // Maven's launcher takes the project's directory from here.
    return new DeployProgram(directory, Map.of("MAVEN_OPTS", "-Xmx512m"))
        .run(
            Stream.concat(
                    Stream.of("mvn", "-B", "-ntp", "-f", project.toString()), Stream.of(arguments))
                .toList());
  }

  private static boolean mavenIsOnThePath() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(entry -> Files.isExecutable(Path.of(entry, "mvn")));
  }

  private static boolean unreachable(DeployProgram.Result result) {
    return result.exitCode() != 0
        && Stream.of("Could not transfer", "Cannot access", "Unknown host")
            .anyMatch(result.out()::contains);
  }

  private static Set<String> fileNames() {
    return JARS.keySet().stream()
        .map(place -> place.substring(place.lastIndexOf('/') + 1))
        .collect(Collectors.toSet());
  }

  private static Set<String> names(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  private static Set<String> entries(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream().map(JarEntry::getName).collect(Collectors.toSet());
    }
  }
}
