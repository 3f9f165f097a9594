package org.modelzoo.store;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What a run directory belongs to, {@code run.json}: written first, never changed.
 *
 * @param formatVersion since 3, the heads of small-conv start with zero biases
 * @param softwareVersion of the program that started the run
 * @param configurationFingerprint SHA-256 of every key that the results depend on
 * @param dataFingerprint of the input files
 * @param classNames names of all classes of the source, by label; null in runs of older programs
 */
public record RunIdentity(
    int formatVersion,
    String softwareVersion,
    String method,
    long seed,
    String configurationFingerprint,
    String dataFingerprint,
    String started,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<String> classNames)
    implements Sealed {
  public static final int FORMAT_VERSION = 3;

  public RunIdentity {
    requireNonNull(method, "method");
    requireNonNull(configurationFingerprint, "configurationFingerprint");
    requireNonNull(dataFingerprint, "dataFingerprint");
  }

  /** What a class of the source is called; older programs wrote its number alone down. */
  public String className(int label) {
    return classNames == null || label >= classNames.size()
        ? Integer.toString(label)
        : classNames.get(label);
  }
}
