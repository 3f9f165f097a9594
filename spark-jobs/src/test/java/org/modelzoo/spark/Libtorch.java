package org.modelzoo.spark;

import java.io.File;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The jars that {@code mvn -Ptorch package} lays beside the program, from this JVM's class path.
 */
final class Libtorch {
  private Libtorch() {}

  /** As an argument of {@code --jars}. */
  static String jars() {
    String jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(jar -> jar.matches(".*/pytorch-[^/]*-linux-[^/]*\\.jar"))
            .collect(Collectors.joining(","));
    if (jars.isEmpty()) {
      throw new IllegalStateException("libtorch is not on the class path");
    }
    return jars;
  }
}
