package org.modelzoo.network;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * libtorch for cards, loaded without any: libraries that do nothing stand in for NVIDIA's. Runs
 * where a build with {@code -Pgpu} has left the jars in Maven's repository, and there is a compiler
 * of C; nothing is fetched.
 */
@Tag("full")
class LibtorchForCardsTest {
  /** Those that belong to the system, to the jars themselves, or come with the application jar. */
  private static final String NOT_NVIDIAS =
      "ld-linux.*|lib(c|m|gcc_s|stdc\\+\\+|gomp|openblas|c10|c10_cuda|torch.*)\\.so.*";

  private static final List<Path> CLASS_PATH =
      Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
          .map(Path::of)
          .toList();

  @TempDir private Path directory;
  private final CardRequirements needs = CardRequirements.ofLibtorch();
  private Path torch;
  private Path cuda;

  @BeforeEach
  void find() throws Exception {
    torch = jar("pytorch", "-gpu");
    cuda = jar("cuda", "");
    for (String tool : List.of("cc", "nm", "readelf")) {
      assumeTrue(
          Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
              .anyMatch(place -> Files.isExecutable(Path.of(place, tool))),
          "there is no " + tool + " on the PATH");
    }
  }

  @Test
  void itsNeedsAreThoseOfTheLibrariesInItsJars() throws Exception {
    Set<String> needed = new TreeSet<>();
    for (Path library : libraries()) {
      run("readelf", "-d", library.toString())
          .lines()
          .filter(line -> line.contains("(NEEDED)"))
          .map(line -> line.substring(line.indexOf('[') + 1, line.indexOf(']')))
          .filter(name -> !name.matches(NOT_NVIDIAS))
          .forEach(needed::add);
    }
    assertThat(needs.libraries()).containsExactlyInAnyOrderElementsOf(needed);
  }

  @Test
  void itLoadsOnceNvidiasLibrariesAreThere() throws Exception {
    assumeTrue(
        !needs.library().contains("2.7.1"),
        "libtorch 2.7.1 wants versions of the functions, which the stand-ins have none of");
    Path standIns = standIns();

    assertThat(probe(standIns))
        .contains("missing: nothing", "libjnitorch_cuda.so", "sum 4 on 0 cards");
    Files.delete(standIns.resolve("libcufile.so.0"));
    assertThat(probe(standIns)).contains("there is no libcufile.so.0; they come", "loaded: null");
  }

  /** All functions that the natives want of NVIDIA's, in one library; the others are empty. */
  private Path standIns() throws Exception {
    List<String> command = new ArrayList<>(List.of("nm", "-D", "-u"));
    libraries().forEach(library -> command.add(library.toString()));
    String functions =
        run(command.toArray(String[]::new))
            .lines()
            .map(line -> line.strip().replaceAll("^U |@.*", ""))
            .filter(name -> name.matches("(__cuda|cu|nccl)\\w+"))
            .distinct()
            .map("int %s(void) { return 0; }\n"::formatted)
            .collect(joining());
    Path all = Files.writeString(directory.resolve("all.c"), functions);
    Path none = Files.writeString(directory.resolve("none.c"), "");
    Path standIns = Files.createDirectory(directory.resolve("stand-ins"));
    for (String name : needs.libraries()) {
      Path source = name.startsWith("libcudart") ? all : none;
      run(
          "cc",
          "-shared",
          "-fno-builtin",
          "-nostdlib",
          "-w",
          "-Wl,-soname," + name,
          source.toString(),
          "-o",
          standIns.resolve(name).toString());
    }
    return standIns;
  }

  /** The shared libraries of both jars, but for what isn't loaded with libtorch. */
  private List<Path> libraries() throws IOException {
    List<Path> libraries = new ArrayList<>();
    for (Path jar : List.of(torch, cuda)) {
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        for (ZipEntry entry : zip.stream().toList()) {
          String name = Path.of(entry.getName()).getFileName().toString();
          if (name.matches(
              "lib(c10.*|torch.*|jnitorch_cuda|jnicu(dart|blas|dnn|sparse|solver|pti))\\.so")) {
            Path file = directory.resolve(name);
            if (!Files.exists(file)) {
              Files.copy(zip.getInputStream(entry), file);
            }
            libraries.add(file);
          }
        }
      }
    }
    return libraries;
  }

  private String probe(Path libraries) throws Exception {
    String classPath =
        Stream.concat(
                CLASS_PATH.stream()
                    .filter(
                        jar ->
                            !jar.getFileName().toString().matches("pytorch-.*-linux-x86_64\\.jar")),
                Stream.of(torch, cuda))
            .map(Path::toString)
            .collect(joining(File.pathSeparator));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-Xmx512m",
            "-Dorg.bytedeco.javacpp.cachedir=" + directory.resolve("cache"),
            "-cp",
            classPath,
            LibtorchForCardsProbe.class.getName());
    builder.environment().put("LD_LIBRARY_PATH", libraries.toString());
    return output(builder, /* mayFail= */ true);
  }

  private static Path jar(String artifact, String build) {
    String version = JavaCppVersions.of(artifact);
    Path jar =
        Path.of(
            System.getProperty("localRepository", "none"),
            "org/bytedeco/%1$s/%2$s/%1$s-%2$s-linux-x86_64%3$s.jar"
                .formatted(artifact, version, build));
    assumeTrue(
        Files.exists(jar), jar + " is not there; mvn -Pgpu -DskipTests package fetches 460 MB");
    return jar;
  }

  private String run(String... command) throws Exception {
    return output(new ProcessBuilder(command), /* mayFail= */ false);
  }

  private String output(ProcessBuilder builder, boolean mayFail) throws Exception {
    Path out = Files.createTempFile(directory, "out", ".txt");
    Process process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("it ends").isTrue();
    String text = Files.readString(out);
    assertThat(mayFail ? 0 : process.exitValue()).as(text).isZero();
    return text;
  }
}
