package org.modelzoo.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Prints the ten test classes that took longest in a build, from the reports of all its modules.
 */
public final class SlowestTests {
  private static final int SHOWN = 10;
  private static final Pattern SUITE =
      Pattern.compile("<testsuite [^>]*?name=\"([^\"]+)\" time=\"([0-9.,]+)\"");

  private SlowestTests() {}

  private record Suite(String name, double seconds) {}

  /**
   * Runs at the end of {@code mvn verify}.
   *
   * @param arguments the project's directory; when the build began, as reports of earlier builds
   *     may be there too
   */
  public static void main(String[] arguments) throws IOException {
    List<Suite> suites = suites(Path.of(arguments[0]), Instant.parse(arguments[1]));
    if (suites.isEmpty()) {
      return;
    }
    double total = suites.stream().mapToDouble(Suite::seconds).sum();
    System.out.printf(
        Locale.ROOT,
        "%d test classes took %.0f s, side by side; the slowest:%n",
        suites.size(),
        total);
    suites.stream()
        .sorted(Comparator.comparingDouble(Suite::seconds).reversed())
        .limit(SHOWN)
        .forEach(
            suite ->
                System.out.printf(Locale.ROOT, "%7.1f s  %s%n", suite.seconds(), suite.name()));
  }

  private static List<Suite> suites(Path project, Instant start) throws IOException {
    List<Suite> suites = new ArrayList<>();
    for (Path report : reports(project)) {
      if (Files.getLastModifiedTime(report).toInstant().isAfter(start)) {
        suites.add(suite(report));
      }
    }
    return suites;
  }

  private static List<Path> reports(Path project) throws IOException {
    try (Stream<Path> files = Files.walk(project, 4)) {
      return files
          .filter(file -> file.toString().matches(".*/target/(surefire|failsafe)-reports/TEST-.*"))
          .toList();
    }
  }

  /** The time is that of the whole class, with what it does before and after its tests. */
  private static Suite suite(Path report) throws IOException {
    Matcher matcher = SUITE.matcher(Files.readString(report));
    if (!matcher.find()) {
      throw new IOException("not a report of a test class: " + report);
    }
    return new Suite(matcher.group(1), Double.parseDouble(matcher.group(2).replace(",", "")));
  }
}
