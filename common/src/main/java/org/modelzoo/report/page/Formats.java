package org.modelzoo.report.page;

import java.time.Duration;
import java.util.Locale;

/** Numbers as pages show them; empty where there is none. */
public final class Formats {
  private Formats() {}

  /** A share in percent, such as 84.1. */
  public static String percent(double share) {
    return decimals(100 * share, 1);
  }

  /** A difference of shares in points with its sign, such as +3.2. */
  public static String points(double difference) {
    if (Double.isNaN(difference)) {
      return "";
    }
    String text = String.format(Locale.ROOT, "%+.1f", 100 * difference);
    return text.endsWith("0.0") && text.length() == 4 ? "0.0" : text.replace('-', '−');
  }

  /** The ends of an interval of differences of shares, such as +0.8 to +4.3. */
  public static String interval(double mean, double halfWidth) {
    return Double.isNaN(halfWidth)
        ? ""
        : points(mean - halfWidth) + " to " + points(mean + halfWidth);
  }

  /** So many digits after the point. */
  public static String decimals(double value, int digits) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%,." + digits + "f", value);
  }

  /** At most so many digits that count, such as 0.00123. */
  public static String digits(double value, int digits) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%." + digits + "g", value);
  }

  /** A whole number, such as 12,345. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A number that may be large, such as 12,345 or 31.5 M. */
  public static String large(long number) {
    return number < 10_000_000 ? count(number) : decimals(number / 1e6, 1) + " M";
  }

  /** A number and what it counts, such as 1 round or 2 rounds. */
  public static String counted(long number, String noun) {
    return count(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /** A time, such as 2:05:09 or 9.3 s. */
  public static String seconds(double seconds) {
    if (Double.isNaN(seconds)) {
      return "";
    }
    if (seconds < 100) {
      return decimals(seconds, 1) + " s";
    }
    Duration time = Duration.ofSeconds(Math.round(seconds));
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }
}
