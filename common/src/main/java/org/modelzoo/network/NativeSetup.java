package org.modelzoo.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.deeplearning4j.util.CrashReportingUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What JavaCPP and DL4J must be told before any native library is loaded: by whatever comes first
 * to use them in a process. Runs on driver and executors.
 */
public final class NativeSetup {
  private static final Logger LOG = LoggerFactory.getLogger(NativeSetup.class);
  private static final String CACHE = "org.bytedeco.javacpp.cachedir";

  private static final String LOGGER = "org.bytedeco.javacpp.logger";

  private static boolean done;

  private NativeSetup() {}

  /**
   * Makes the native libraries' directory one that nobody else can write, and keeps DL4J from
   * writing reports of its own into the working directory when memory runs out. JavaCPP tells the
   * log, and not the terminal, that libraries are older than itself: {@link JavaCppVersions} knows
   * which may be. Does nothing the second time.
   */
  public static synchronized void ensure() {
    if (done) {
      return;
    }
    CrashReportingUtil.crashDumpsEnabled(false);
    System.setProperty(LOGGER, System.getProperty(LOGGER, "slf4j"));
    NativeCache cache =
        NativeCache.among(
            Stream.of(
                    System.getProperty(CACHE),
                    System.getProperty("org.bytedeco.javacpp.cacheDir"),
                    System.getProperty("user.home") + "/.javacpp/cache")
                .filter(Objects::nonNull)
                .map(Path::of)
                .toList());
    cache
        .refused()
        .ifPresent(
            problem ->
                LOG.warn(
                    "Native libraries are unpacked into {} and not where they are kept: {}. Make"
                        + " that a directory that only this user can write, or set {}.",
                    cache.directory(),
                    problem,
                    CACHE));
    if (!cache.lasts()) {
      Thread deletion = new Thread(() -> delete(cache.directory()), "delete-natives");
      Runtime.getRuntime().addShutdownHook(deletion);
    }
    System.setProperty(CACHE, cache.directory().toString());
    done = true;
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> contentFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : contentFirst) {
        Files.delete(file);
      }
    } catch (IOException e) {
      // The system cleans its temporary directory itself.
    }
  }
}
