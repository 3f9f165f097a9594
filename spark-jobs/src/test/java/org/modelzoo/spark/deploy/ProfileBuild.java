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

/**
 * What a profile packages, by Maven itself on the project's own poms. Small jars stand in for large
 * ones; all poms are the published ones.
 */
final class ProfileBuild {
  private static final Path ROOT = DeployProgram.DEPLOY.getParent();

  private final Path directory;
  private final Map<String, String> jars;

  /**
   * A build in an empty directory.
   *
   * @param jars small ones by their place in a repository, and an entry of each
   */
  ProfileBuild(Path directory, Map<String, String> jars) {
    this.directory = directory;
    this.jars = jars;
  }

  /** Packages, without tests, and gives up on the test where Maven can't fetch a pom. */
  void run(String... options) throws Exception {
    DeployProgram.Result built =
        maven(
            poms(),
            Stream.concat(
                    Stream.of(options),
                    Stream.of(
                        "-DskipTests",
                        "-Dmaven.repo.local=" + repository(),
                        "package",
                        "dependency:tree",
                        "-DoutputFile=" + directory.resolve("tree.txt"),
                        "-DappendOutput=true"))
                .toArray(String[]::new));
    assumeThat(unreachable(built))
        .as("Maven can't fetch the poms of the profile: %s", built.out())
        .isFalse();
    assertThat(built.exitCode()).as(built.out()).isZero();
  }

  /** What a build says that isn't allowed to begin. */
  String refused(String... options) throws Exception {
    DeployProgram.Result built =
        maven(
            poms(),
            Stream.concat(Stream.of(options), Stream.of("validate")).toArray(String[]::new));
    assertThat(built.exitCode()).as(built.out()).isNotZero();
    return built.out();
  }

  /** The dependencies of all modules. */
  String tree() throws IOException {
    return Files.readString(directory.resolve("tree.txt"));
  }

  /** A file or directory of spark-jobs/target. */
  Path target(String name) {
    return directory.resolve("project/spark-jobs/target").resolve(name);
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
            "spark-jobs/src/test/kubernetes/pom.xml",
            "spark-jobs/src/test/yarn/pom.xml",
            ".mvn/jvm.config")) {
      Path copy = project.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(ROOT.resolve(file), copy);
    }
    return project;
  }

  /** This build's own local repository, by links, with our jars in place of the large ones. */
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
    for (Map.Entry<String, String> jar : jars.entrySet()) {
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

  /** Names of the files in a directory. */
  static Set<String> names(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  /** Entries of a jar. */
  static Set<String> entries(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream().map(JarEntry::getName).collect(Collectors.toSet());
    }
  }
}
