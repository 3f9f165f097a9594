package org.modelzoo.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With jars that hold nothing but what Maven writes into them. */
class JavaCppVersionsTest {
  @TempDir private Path directory;
  private final List<URL> jars = new ArrayList<>();

  @Test
  void thoseOfThisBuildFitTogether() {
    JavaCppVersions.require();
  }

  @Test
  void oneVersionOfEachLibraryAndOneJavaCppIsFine() throws IOException {
    jar("javacpp", "1.5.13", "javacpp.jar");
    jar("pytorch", "2.10.0-1.5.13", "pytorch.jar");
    jar("pytorch", "2.10.0-1.5.13", "pytorch-natives.jar");
    jar("openblas", "0.3.31-1.5.13", "openblas.jar");
    jar("dnnl", "2.5.2-1.5.7", "dnnl.jar");

    assertThat(problem()).isEmpty();
  }

  /** So it is with the profile cuda. */
  @Test
  void cudaMayBeOfAnotherJavaCpp() throws IOException {
    jar("javacpp", "1.5.13", "javacpp.jar");
    jar("cuda", "11.6-8.3-1.5.7", "cuda.jar");
    jar("cuda", "11.6-8.3-1.5.7", "cuda-natives.jar");

    assertThat(problem()).isEmpty();
  }

  @Test
  void nativesOfAnotherVersionThanTheClassesAreNamed() throws IOException {
    jar("javacpp", "1.5.13", "app.jar");
    jar("pytorch", "2.10.0-1.5.13", "app-too.jar");
    jar("pytorch", "2.7.1-1.5.12", "pytorch-2.7.1-1.5.12-linux-x86_64.jar");

    assertThat(problem())
        .get()
        .asString()
        .contains(
            "don't fit together",
            "pytorch 2.10.0-1.5.13 (app-too.jar)",
            "pytorch 2.7.1-1.5.12 (pytorch-2.7.1-1.5.12-linux-x86_64.jar)",
            "-Dlibtorch");
  }

  @Test
  void twoEnginesBindingsOfCudaAreNamed() throws IOException {
    jar("cuda", "11.6-8.3-1.5.7", "cuda-11.6.jar");
    jar("cuda", "13.1-9.19-1.5.13", "cuda-13.1.jar");

    assertThat(problem())
        .get()
        .asString()
        .contains("cuda 11.6-8.3-1.5.7 (cuda-11.6.jar), cuda 13.1-9.19-1.5.13 (cuda-13.1.jar)");
  }

  @Test
  void aLibraryForAnotherJavaCppIsNamed() throws IOException {
    jar("javacpp", "1.5.13", "javacpp.jar");
    jar("pytorch", "2.7.1-1.5.12", "pytorch.jar");

    assertThat(problem())
        .get()
        .asString()
        .contains("javacpp 1.5.13 (javacpp.jar), pytorch 2.7.1-1.5.12 (pytorch.jar)");
  }

  private Optional<String> problem() throws IOException {
    try (URLClassLoader classPath = new URLClassLoader(jars.toArray(URL[]::new), null)) {
      return JavaCppVersions.problem(classPath);
    }
  }

  private void jar(String artifact, String version, String name) throws IOException {
    Path jar = directory.resolve(name);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("META-INF/maven/org.bytedeco/" + artifact + "/pom.properties"));
      out.write(("artifactId=" + artifact + "\nversion=" + version + "\n").getBytes(UTF_8));
    }
    jars.add(jar.toUri().toURL());
  }
}
