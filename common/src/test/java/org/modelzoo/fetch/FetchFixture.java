package org.modelzoo.fetch;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.store.Checksum;

/** A data set of one file, and what fetches it impatiently. */
final class FetchFixture {
  static final String NAME = "images.bin";
  static final byte[] CONTENT = content(100_000);

  private final Path directory;
  final List<FetchEvent> events = new ArrayList<>();

  FetchFixture(Path directory) {
    this.directory = directory;
  }

  static byte[] content(int bytes) {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return content;
  }

  static PublishedSet set(byte[] content, Mirror... mirrors) {
    return set(
        new PublishedFile(NAME, content.length, Checksum.of(content)),
        Stream.of(mirrors).map(Mirror::uri).toArray(URI[]::new));
  }

  static PublishedSet set(PublishedFile file, URI... mirrors) {
    return new PublishedSet("test", "set", List.of(file), List.of(mirrors), "", "", "");
  }

  Path target() {
    return directory.resolve("data/set").resolve(NAME);
  }

  Path staging() {
    return directory.resolve("staging");
  }

  /** Two attempts. */
  void run(PublishedSet set) {
    run(set, 2, List.of(), Map.of());
  }

  void run(PublishedSet set, int attempts) {
    run(set, attempts, List.of(), Map.of());
  }

  /** With a stall limit of 0.4 seconds and a first pause of 10 milliseconds. */
  void run(PublishedSet set, int attempts, List<URI> mirrors, Map<String, String> environment) {
    FetchSettings settings =
        new FetchSettings(
            mirrors,
            staging(),
            attempts,
            Duration.ofMillis(400),
            Duration.ofMillis(10),
            environment);
    Fetch fetch = new Fetch(settings, new Configuration(), events::add);
    fetch.run(set, new org.apache.hadoop.fs.Path(directory.resolve("data").toUri()));
  }

  <E extends FetchEvent> List<E> events(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
