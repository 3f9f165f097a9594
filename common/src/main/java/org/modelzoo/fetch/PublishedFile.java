package org.modelzoo.fetch;

/**
 * A file of a data set as it was published.
 *
 * @param sha256 of the file, in hexadecimal
 */
public record PublishedFile(String name, long bytes, String sha256) {}
