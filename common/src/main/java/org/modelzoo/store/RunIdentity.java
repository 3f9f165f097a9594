package org.modelzoo.store;

import static java.util.Objects.requireNonNull;

/**
 * What a run directory belongs to, {@code run.json}: written first, never changed.
 *
 * @param softwareVersion of the program that started the run
 * @param configurationFingerprint SHA-256 of every key that the results depend on
 * @param dataFingerprint of the input files
 */
public record RunIdentity(
    int formatVersion,
    String softwareVersion,
    String method,
    long seed,
    String configurationFingerprint,
    String dataFingerprint,
    String started)
    implements Sealed {
  public static final int FORMAT_VERSION = 2;

  public RunIdentity {
    requireNonNull(method, "method");
    requireNonNull(configurationFingerprint, "configurationFingerprint");
    requireNonNull(dataFingerprint, "dataFingerprint");
  }
}
