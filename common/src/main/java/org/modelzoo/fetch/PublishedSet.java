package org.modelzoo.fetch;

import java.net.URI;
import java.util.List;

/**
 * A data set that can be fetched.
 *
 * @param place directory of its files below the one that is fetched into, as the readers and the
 *     files of {@code conf} expect them; the empty text for that directory itself
 * @param mirrors where the files are, the first to be tried first; each ends with a slash
 * @param source where its authors describe it
 * @param terms what is known of its licence
 * @param citation what its authors ask to cite
 */
public record PublishedSet(
    String name,
    String place,
    List<PublishedFile> files,
    List<URI> mirrors,
    String source,
    String terms,
    String citation) {
  /** Bytes of all files together. */
  public long bytes() {
    return files.stream().mapToLong(PublishedFile::bytes).sum();
  }
}
