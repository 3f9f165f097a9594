package org.modelzoo.spark.event;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.spark.SparkConf;
import org.modelzoo.base.Secrets;
import org.modelzoo.base.TerminalText;

/**
 * What goes to people, free of secrets and of what a terminal would obey. Secrets are those that
 * {@link Secrets} knows by their places, and wherever else they turn up, for example in messages of
 * Hadoop and Spark, the values of Spark's settings whose keys are secret. Runs on the driver.
 */
public final class Redaction {
  private static final String REGEX = "spark.redaction.regex";

  /** Shorter values are no secrets but switches and numbers, and would tear up ordinary words. */
  private static final int SHORTEST = 6;

  private Redaction() {}

  /** Text as a terminal may show it. */
  public static String of(String text) {
    return TerminalText.block(hidden(text));
  }

  /** Text without its secrets, for files. */
  public static String hidden(String text) {
    String shown = text;
    for (String value : values()) {
      shown = shown.replace(value, Secrets.HIDDEN);
    }
    return Secrets.hiddenIn(shown);
  }

  /** Standard error, line by line as it may be shown. */
  public static PrintStream standardError() {
    return new PrintStream(System.err, true, StandardCharsets.UTF_8) {
      @Override
      public void println(String line) {
        super.println(of(line));
      }
    };
  }

  /** Secret values among Spark's settings, which spark-submit makes system properties. */
  private static List<String> values() {
    Pattern ofUser = pattern(System.getProperty(REGEX, Secrets.KEYS));
    return System.getProperties().stringPropertyNames().stream()
        .filter(key -> key.startsWith("spark."))
        .filter(key -> !key.equals(REGEX))
        .filter(key -> Secrets.isSecret(key) || ofUser.matcher(key).find())
        .map(System::getProperty)
        .filter(value -> value.length() >= SHORTEST)
        .toList();
  }

  private static Pattern pattern(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      return Pattern.compile(Secrets.KEYS); // Spark itself reports it.
    }
  }

  /** Makes Spark's own listings, event logs and UI hide as much, unless the user says what. */
  public static void add(SparkConf conf) {
    conf.setIfMissing(REGEX, Secrets.KEYS);
  }
}
