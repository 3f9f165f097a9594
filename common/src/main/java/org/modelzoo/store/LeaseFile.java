package org.modelzoo.store;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * Who works on a run, {@code lease/NNNNNN.json} and its signs of life.
 *
 * @param token tells apart two drivers that are alike in all else; empty in format version 1
 * @param application Spark's id of the driver's application; empty until there is one
 * @param since when the driver took the run, ISO 8601
 * @param renewed when it last gave a sign of life, ISO 8601, by its own clock
 * @param beats signs of life so far
 * @param released whether the driver has ended its work
 */
record LeaseFile(
    int formatVersion,
    String token,
    DriverProcess driver,
    String application,
    String since,
    String renewed,
    long beats,
    boolean released) {
  static final int FORMAT_VERSION = 2;

  LeaseFile {
    token = token == null ? "" : token;
    requireNonNull(driver, "driver");
    requireNonNull(application, "application");
    requireNonNull(since, "since");
    requireNonNull(renewed, "renewed");
  }

  static LeaseFile of(DriverProcess driver, String now) {
    return new LeaseFile(
        FORMAT_VERSION, UUID.randomUUID().toString(), driver, "", now, now, 0, false);
  }

  LeaseFile renewed(String now) {
    return new LeaseFile(
        formatVersion, token, driver, application, since, now, beats + 1, /* released= */ false);
  }

  LeaseFile withApplication(String id) {
    return new LeaseFile(formatVersion, token, driver, id, since, renewed, beats, released);
  }

  LeaseFile released(String now) {
    return new LeaseFile(
        formatVersion, token, driver, application, since, now, beats + 1, /* released= */ true);
  }

  /** Names the holder in a message. */
  String description() {
    return "host %s, process %d%s, since %s"
        .formatted(
            driver.host(),
            driver.pid(),
            application.isEmpty() ? "" : ", application " + application,
            since);
  }
}
