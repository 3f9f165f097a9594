package org.modelzoo.fetch;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How files are fetched.
 *
 * @param mirrors tried before a data set's own; each ends with a slash
 * @param staging directory of this machine where files wait until they are whole, and for the next
 *     start where they don't get so far
 * @param attempts tries in a row of one mirror that bring nothing worth mentioning
 * @param stallLimit how long a server may send nothing or almost nothing
 * @param firstPause between the first two tries, then doubled up to half a minute
 * @param environment variables that may name a proxy
 */
public record FetchSettings(
    List<URI> mirrors,
    Path staging,
    int attempts,
    Duration stallLimit,
    Duration firstPause,
    Map<String, String> environment) {}
