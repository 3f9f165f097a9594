package org.modelzoo.fetch;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.base.Secrets;

/**
 * Fetches published data sets over HTTP into a directory on any Hadoop file system. What is there
 * and whole is left alone; what was begun is continued, from the same mirror or another; a file
 * appears only when its checksum is right. Runs on the driver's machine.
 */
public final class Fetch {
  /** A try that brings so much is no failure of the mirror. */
  private static final long WORTHWHILE_BYTES = 1 << 20;

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final FetchSettings settings;
  private final Configuration hadoop;
  private final Consumer<FetchEvent> listener;
  private final Attempt attempt;

  public Fetch(FetchSettings settings, Configuration hadoop, Consumer<FetchEvent> listener) {
    this.settings = settings;
    this.hadoop = hadoop;
    this.listener = listener;
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(settings.stallLimit())
            .proxy(EnvironmentProxies.in(settings.environment()))
            .build();
    this.attempt = new Attempt(client, settings.stallLimit(), listener);
  }

  /**
   * Fetches what is missing of a data set.
   *
   * @param directory the one above; must be a full URI
   * @return where the files are
   * @throws ModelZooException (data) if no mirror has a file, (cluster) if there is no room,
   *     (configuration) if the directory can't be written to
   */
  public Path run(PublishedSet set, Path directory) {
    Path target = set.place().isEmpty() ? directory : new Path(directory, set.place());
    DataPlace place = new DataPlace(target, hadoop);
    List<PublishedFile> missing = new ArrayList<>();
    for (PublishedFile file : set.files()) {
      if (place.holds(file)) {
        listener.accept(new FetchEvent.Present(file));
      } else {
        missing.add(file);
      }
    }
    if (!missing.isEmpty()) {
      place.prepare();
    }
    for (PublishedFile file : missing) {
      place.requireRoom(file);
      fetch(set, file, place);
      listener.accept(new FetchEvent.Stored(file));
    }
    return target;
  }

  private void fetch(PublishedSet set, PublishedFile file, DataPlace place) {
    List<String> failures = new ArrayList<>();
    try (PartFile part = PartFile.open(settings.staging(), file)) {
      for (URI mirror :
          Stream.concat(settings.mirrors().stream(), set.mirrors().stream()).toList()) {
        URI url = mirror.resolve(file.name());
        try {
          fetch(file, url, part, place);
          part.delete();
          return;
        } catch (FetchFailure e) {
          listener.accept(new FetchEvent.MirrorFailed(file, url, e.getMessage()));
          failures.add("%s: %s".formatted(Secrets.hiddenIn(url.toString()), e.getMessage()));
        }
      }
    }
    throw new ModelZooException(
        ErrorKind.DATA,
        "no mirror gave %s of %s (%s); try again later, which continues it, give a --mirror that has it, or put the file there by hand"
            .formatted(file.name(), set.name(), String.join("; ", failures)));
  }

  /** Asks one mirror until the file is whole and in its place, or it is time to give up. */
  private void fetch(PublishedFile file, URI url, PartFile part, DataPlace place)
      throws FetchFailure {
    int fruitless = 0;
    while (true) {
      long before = part.size();
      try {
        attempt.run(file, url, part);
        store(file, part, place, before);
        return;
      } catch (FetchFailure e) {
        fruitless = part.size() - before >= WORTHWHILE_BYTES ? 1 : fruitless + 1;
        if (!e.isPassing() || fruitless >= settings.attempts()) {
          throw e;
        }
        Duration pause = pause(fruitless);
        listener.accept(new FetchEvent.Retried(file, url, e.getMessage(), pause));
        sleep(pause);
      }
    }
  }

  /** Of a part with bytes of an earlier try, only a whole new one can tell whether it is right. */
  private static void store(PublishedFile file, PartFile part, DataPlace place, long before)
      throws FetchFailure {
    try {
      place.store(file, part.path());
    } catch (FetchFailure e) {
      part.clear();
      throw before > 0 ? FetchFailure.passing(e.getMessage(), e) : e;
    }
  }

  private Duration pause(int fruitless) {
    Duration pause = settings.firstPause().multipliedBy(1L << Math.min(fruitless - 1, 10));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("cancelled while waiting for a mirror");
    }
  }
}
