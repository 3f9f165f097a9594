package org.modelzoo.spark.job;

/** Which version of the program this is. */
public final class SoftwareVersion {
  private SoftwareVersion() {}

  /** As the jar says it; {@code development} outside of one. */
  public static String text() {
    String version = SoftwareVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
