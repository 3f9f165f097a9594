package org.modelzoo.fetch;

import java.net.URI;
import java.time.Duration;

/** What happens to a file while it is fetched. */
public sealed interface FetchEvent {
  PublishedFile file();

  /** It is there already, whole. */
  record Present(PublishedFile file) implements FetchEvent {}

  /**
   * A server begins to send it.
   *
   * @param from the first byte that it sends; those before are here
   */
  record Started(PublishedFile file, URI url, long from) implements FetchEvent {}

  /** So many bytes of it are here. */
  record Progressed(PublishedFile file, long bytes) implements FetchEvent {}

  /** A try failed, and the same server is asked again after a pause. */
  record Retried(PublishedFile file, URI url, String reason, Duration pause)
      implements FetchEvent {}

  /** A mirror is given up; the next one is asked if there is one. */
  record MirrorFailed(PublishedFile file, URI url, String reason) implements FetchEvent {}

  /** It is in its place, and its checksum is right. */
  record Stored(PublishedFile file) implements FetchEvent {}
}
