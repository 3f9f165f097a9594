package org.modelzoo.network;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

/**
 * The versions of JavaCPP and of its bindings on the class path: Java classes and natives of a
 * library must be of one version, and libtorch and OpenBLAS of JavaCPP's own. Natives of another
 * version load, and compute with whatever they find. JavaCPP's own check looks at the first jar of
 * a library only, and prints a warning. Runs on driver and executors.
 */
public final class JavaCppVersions {
  /**
   * ND4J's own natives, oneDNN's and OpenCL's are those of JavaCPP 1.5.7, and work with later ones.
   */
  private static final List<String> OF_ONE_JAVACPP = List.of("javacpp", "openblas", "pytorch");

  /** CUDA's are 1.5.7 where ND4J computes on cards; but the same wherever they stand. */
  private static final List<String> ONE_VERSION_EACH =
      List.of("javacpp", "openblas", "pytorch", "cuda");

  private static final Pattern JAR = Pattern.compile(".*/([^/]+\\.jar)!/.*");

  private JavaCppVersions() {}

  /**
   * Goes on where the versions fit together.
   *
   * @throws ModelZooException (cluster) where they don't, naming versions and jars
   */
  public static void require() {
    problem(JavaCppVersions.class.getClassLoader())
        .ifPresent(
            problem -> {
              throw new ModelZooException(ErrorKind.CLUSTER, problem);
            });
  }

  /**
   * The version of a library's bindings that the class path has first, for example {@code
   * 2.10.0-1.5.13} of {@code pytorch}.
   *
   * @throws NoSuchElementException if there are none
   */
  public static String of(String artifact) {
    return found(artifact, JavaCppVersions.class.getClassLoader()).stream()
        .findFirst()
        .orElseThrow()
        .version();
  }

  /** What doesn't fit together on a class path, with the next step. */
  static Optional<String> problem(ClassLoader classPath) {
    List<Found> all = new ArrayList<>();
    for (String artifact : ONE_VERSION_EACH) {
      all.addAll(found(artifact, classPath));
    }
    boolean severalVersions =
        all.stream()
            .collect(
                groupingBy(Found::artifact, mapping(Found::version, toCollection(TreeSet::new))))
            .values()
            .stream()
            .anyMatch(versions -> versions.size() > 1);
    boolean severalJavaCpps =
        all.stream()
                .filter(library -> OF_ONE_JAVACPP.contains(library.artifact()))
                .map(Found::javaCpp)
                .distinct()
                .count()
            > 1;
    return severalVersions || severalJavaCpps
        ? Optional.of(
            "the class path holds native libraries that don't fit together: %s; a library's jars must be of one version, and javacpp, openblas and pytorch of one JavaCPP: remove spark-jobs/target/torch, gpu and cuda, build again with one -Dlibtorch for all jars, and give Spark the jars of one build"
                .formatted(description(all)))
        : Optional.empty();
  }

  private static List<Found> found(String artifact, ClassLoader classPath) {
    String name = "META-INF/maven/org.bytedeco/" + artifact + "/pom.properties";
    List<Found> found = new ArrayList<>();
    try {
      for (URL place : Collections.list(classPath.getResources(name))) {
        URLConnection connection = place.openConnection();
        connection.setUseCaches(false);
        Properties properties = new Properties();
        try (InputStream content = connection.getInputStream()) {
          properties.load(content);
        }
        Matcher jar = JAR.matcher(place.toString());
        found.add(
            new Found(
                artifact,
                properties.getProperty("version", "unknown"),
                jar.matches() ? jar.group(1) : place.getPath()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + name + " on the class path", e);
    }
    return found;
  }

  private static String description(List<Found> all) {
    Map<String, TreeSet<String>> jars =
        all.stream()
            .collect(
                groupingBy(
                    library -> library.artifact() + " " + library.version(),
                    TreeMap::new,
                    mapping(Found::jar, toCollection(TreeSet::new))));
    return jars.entrySet().stream()
        .map(entry -> "%s (%s)".formatted(entry.getKey(), String.join(", ", entry.getValue())))
        .collect(joining(", "));
  }

  /**
   * What a jar says of itself.
   *
   * @param version for example 2.10.0-1.5.13: the library's, and that of JavaCPP
   */
  private record Found(String artifact, String version, String jar) {
    String javaCpp() {
      return version.substring(version.lastIndexOf('-') + 1);
    }
  }
}
