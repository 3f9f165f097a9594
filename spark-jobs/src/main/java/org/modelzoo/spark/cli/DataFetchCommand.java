package org.modelzoo.spark.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.modelzoo.fetch.Fetch;
import org.modelzoo.fetch.FetchSettings;
import org.modelzoo.fetch.PublishedSet;
import org.modelzoo.fetch.PublishedSets;
import org.modelzoo.spark.event.Redaction;
import org.modelzoo.spark.job.Locations;
import org.modelzoo.spark.progress.FetchProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code data fetch}: published data sets, from the web into a data directory. */
@Command(
    name = "fetch",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Fetches published data sets into a directory, as the files of conf expect them there.",
      "The same command continues what was stopped; files that are there and whole are left alone.",
      "Proxies are those of the JVM's settings or of https_proxy, http_proxy and no_proxy."
    })
final class DataFetchCommand implements Callable<Integer> {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  @Parameters(
      paramLabel = "NAME",
      arity = "1..*",
      description = "mnist, fashion-mnist, cifar-10, cifar-100.")
  private List<String> names = List.of();

  @Option(
      names = "--directory",
      paramLabel = "URI",
      required = true,
      description = "Where to, on any Hadoop file system; the MNISTs get directories of their own.")
  private String directory;

  @Option(
      names = "--mirror",
      paramLabel = "URL",
      description =
          "A place of the files to try before the usual ones: http(s)://host/directory/; may be"
              + " given several times.")
  private List<String> mirrors = List.of();

  @Option(
      names = "--staging",
      paramLabel = "DIR",
      description =
          "Where files of this machine wait until they are whole; default: --directory where that"
              + " is on this machine, else ~/.cache/modelzoo.")
  private Path staging;

  @Option(
      names = "--attempts",
      paramLabel = "N",
      description = "Fruitless tries of a mirror before the next one; default: ${DEFAULT-VALUE}.")
  private int attempts = 5;

  @Option(
      names = "--stall-limit",
      paramLabel = "SECONDS",
      description = "How long a server may send next to nothing; default: ${DEFAULT-VALUE}.")
  private int stallLimit = 30;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    require("--attempts", attempts, 1, 100);
    require("--stall-limit", stallLimit, 1, 3600);
    List<PublishedSet> sets = names.stream().map(PublishedSets::named).distinct().toList();
    List<URI> places = mirrors.stream().map(this::mirror).toList();
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(new SparkConf());
    org.apache.hadoop.fs.Path target = target(hadoop);
    FetchSettings settings =
        new FetchSettings(
            places,
            staging == null ? usualStaging(target) : staging,
            attempts,
            Duration.ofSeconds(stallLimit),
            FIRST_PAUSE,
            System.getenv());
    for (PublishedSet set : sets) {
      org.apache.hadoop.fs.Path place;
      try (FetchProgress progress = progress()) {
        place = new Fetch(settings, hadoop, progress).run(set, target);
      }
      print(spec.commandLine().getOut(), set, place);
    }
    return 0;
  }

  private void require(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw usage("%s must be between %d and %d, not %d".formatted(option, least, most, value));
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private URI mirror(String url) {
    try {
      URI place = URI.create(url.endsWith("/") ? url : url + "/");
      String scheme = String.valueOf(place.getScheme()).toLowerCase(Locale.ROOT);
      if (place.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
        return place;
      }
    } catch (IllegalArgumentException e) {
      // The message below says it.
    }
    throw usage("--mirror is %s, and must be such as https://host/directory/".formatted(url));
  }

  private org.apache.hadoop.fs.Path target(Configuration hadoop) {
    try {
      return new org.apache.hadoop.fs.Path(Locations.qualified(directory, hadoop));
    } catch (IllegalArgumentException e) {
      throw usage(
          "--directory %s is not a valid location: %s".formatted(directory, e.getMessage()));
    }
  }

  /** Beside the files, where the disk is large enough, or in the home directory. */
  private static Path usualStaging(org.apache.hadoop.fs.Path target) {
    return "file".equals(target.toUri().getScheme())
        ? Path.of(target.toUri().getPath())
        : Path.of(System.getProperty("user.home"), ".cache", "modelzoo");
  }

  private static FetchProgress progress() {
    return ErrorTerminal.isThere()
        ? FetchProgress.live(ErrorTerminal.open(), System::nanoTime)
        : FetchProgress.plain(Redaction.standardError(), System::nanoTime);
  }

  private static void print(PrintWriter out, PublishedSet set, org.apache.hadoop.fs.Path place) {
    out.println();
    out.printf("%-10s %,.1f MB%n", set.name(), set.bytes() / 1e6);
    out.println("use        data.directory = " + Locations.shown(place));
    out.println("source     " + set.source());
    out.println("licence    " + set.terms());
    out.println("cite       " + set.citation());
    out.flush();
  }
}
