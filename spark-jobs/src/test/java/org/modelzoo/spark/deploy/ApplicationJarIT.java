package org.modelzoo.spark.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the application jar holds is what its own list says, with the licences of all of it. */
class ApplicationJarIT {
  private static final Path JAR = Path.of("target/modelzoo-app.jar");

  /** Coordinates that come with others and are left out of the jar. */
  private static final String FILTERED = "com.google.code.findbugs:jsr305:3.0.2";

  private final List<Path> classPath =
      Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
          .map(Path::of)
          .filter(path -> path.toString().endsWith(".jar"))
          .toList();

  private List<JarPart> parts;
  private List<String> files;

  @BeforeEach
  void open() throws IOException {
    assumeTrue(
        classPath.stream().anyMatch(jar -> jar.toString().contains("/nd4j-native/")),
        "the list is of the jar for processors");
    parts = JarPart.all();
    try (ZipFile jar = new ZipFile(JAR.toFile())) {
      files = jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
    }
  }

  @Test
  void everyFileBelongsToAPartOfTheListAndEveryPartIsThere() {
    assertThat(files)
        .filteredOn(file -> !file.startsWith("META-INF/"))
        .as("files of no part in contents.csv")
        .allMatch(file -> parts.stream().anyMatch(part -> part.holds(file)));
    Set<String> prefixes =
        parts.stream().flatMap(part -> part.files().stream()).collect(Collectors.toSet());
    for (String prefix : prefixes) {
      assertThat(files).as(prefix).anyMatch(file -> file.startsWith(prefix));
    }
  }

  @Test
  void theVersionsOfTheListAreThoseThatWereBuiltIn() throws IOException {
    Set<String> listed =
        parts.stream()
            .filter(part -> part.name().contains(":") && !part.version().isEmpty())
            .map(JarPart::coordinates)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> builtIn = new TreeSet<>();
    for (JarPart part : parts) {
      List<Path> jars = part.jars(classPath);
      if (!jars.isEmpty()) {
        builtIn.add(part.coordinates());
      }
      for (Path jar : jars) {
        builtIn.addAll(coordinatesIn(jar));
      }
    }
    Set<String> inTheJar = coordinatesIn(JAR);
    inTheJar.removeIf(coordinates -> coordinates.startsWith("org.modelzoo:"));
    builtIn.addAll(inTheJar);
    builtIn.remove(FILTERED);
    // One file of it is unpacked while we build, so that it isn't on the class path.
    Matcher echarts =
        Pattern.compile("<echarts.version>(.+)</").matcher(Files.readString(Path.of("../pom.xml")));
    assertThat(echarts.find()).isTrue();
    builtIn.add("org.webjars:echarts:" + echarts.group(1));

    assertThat(builtIn).isEqualTo(listed);
  }

  @Test
  void theTextsOfAllLicencesAreThere() throws IOException {
    Set<String> named = new TreeSet<>(List.of("contents.csv"));
    parts.forEach(part -> named.addAll(part.texts()));
    try (ZipFile jar = new ZipFile(JAR.toFile())) {
      for (String text : named) {
        String file = text.equals("LICENSE") ? "META-INF/LICENSE" : "META-INF/licenses/" + text;
        assertThat(jar.getEntry(file)).as(file).isNotNull();
        try (InputStream content = jar.getInputStream(jar.getEntry(file))) {
          assertThat(content.readAllBytes()).as(file).isEqualTo(JarPart.text(text));
        }
      }
      try (InputStream content = jar.getInputStream(jar.getEntry("META-INF/NOTICE"))) {
        assertThat(content.readAllBytes())
            .isEqualTo(Files.readAllBytes(JarPart.LICENCES.resolveSibling("NOTICE")));
      }
    }
    assertThat(parts).allSatisfy(part -> assertThat(part.texts()).as(part.name()).isNotEmpty());
    named.remove("LICENSE");
    try (Stream<Path> texts = Files.list(JarPart.LICENCES)) {
      assertThat(texts.map(text -> text.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(named);
    }
  }

  @Test
  void nativesAreForOnePlatformOnly() {
    assertThat(files)
        .filteredOn(file -> file.matches(".*\\.(so(\\.[0-9]+)*|dll|dylib|jnilib|a)"))
        .isNotEmpty()
        .allMatch(file -> file.contains("/linux-x86_64"));
  }

  /** They lie beside it: see the profiles torch and gpu. */
  @Test
  void ofLibtorchAndCudaItHoldsTheBindingsOnly() {
    assertThat(files)
        .contains("org/bytedeco/pytorch/Tensor.class", "org/bytedeco/cuda/global/cudart.class")
        .noneMatch(file -> file.matches("org/bytedeco/(pytorch|cuda)/linux-.*"))
        .noneMatch(file -> file.matches(".*(openblas_full|/nppi|/nvml).*|.*\\.(h|hpp|cpp)"));
  }

  @Test
  void whatSparkBringsIsNotThereTwice() {
    assertThat(files)
        .noneMatch(file -> file.startsWith("javax/"))
        .noneMatch(file -> file.startsWith("org/apache/hadoop/"))
        .noneMatch(file -> file.startsWith("scala/"))
        .noneMatch(file -> file.startsWith("com/fasterxml/"));
  }

  /** Coordinates of all that Maven has put into a jar. */
  private static Set<String> coordinatesIn(Path jar) throws IOException {
    Set<String> found = new TreeSet<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        if (entry.getName().matches("META-INF/maven/[^/]+/[^/]+/pom.properties")) {
          Properties properties = new Properties();
          try (InputStream content = zip.getInputStream(entry)) {
            properties.load(content);
          }
          found.add(
              "%s:%s:%s"
                  .formatted(
                      properties.getProperty("groupId"),
                      properties.getProperty("artifactId"),
                      properties.getProperty("version")));
        }
      }
    }
    return found;
  }
}
