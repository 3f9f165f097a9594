package org.modelzoo.base;

import java.util.regex.Pattern;

/**
 * Tells what must not be shown: values of keys that sound like a secret, and passwords in URIs.
 * Used wherever text that others wrote, such as settings and messages of libraries, goes to people
 * or files. Runs everywhere.
 */
public final class Secrets {
  /**
   * Keys whose values are secret, as a regular expression to be found in the key; the words of
   * Spark's own {@code spark.redaction.regex} and those of cloud stores: signatures of shared
   * access (SAS) among them, and the keys that S3 encrypts with, but no settings about such keys.
   */
  public static final String KEYS =
      "(?i)secret|passwo?r?d|passphrase|token|credential"
          + "|(access|account|private|api|storage|shared|signing)[._-]?key"
          + "|encryption[._-]?key(?![a-z]|[._-]provider)"
          + "|(?<![a-z])(sas|sig)(?![a-z])|access[._-]?signature|x-(amz|goog)-signature";

  /** Stands where something is hidden. */
  public static final String HIDDEN = "(hidden)";

  private static final Pattern KEY = Pattern.compile(KEYS);

  // Both begin where a word does, so that long words don't take long.

  /** {@code key=value}, {@code key = value} and {@code "key":"value"}. */
  private static final Pattern SETTING =
      Pattern.compile(
          "(?<![\\w.-])((?=[\\w.-]*?(?:"
              + KEYS
              + "))[\\w.-]++\"?\\s*+[=:]\\s*+)(?!\\(hidden)"
              + "(\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*\"|[^\\s,;\"}\\])]+)");

  /**
   * User and password before the host of a URI. A password may hold a slash that nobody escaped; a
   * number up to a slash is a port.
   */
  private static final Pattern PASSWORD =
      Pattern.compile(
          "(?<![A-Za-z])([A-Za-z][A-Za-z0-9+.-]*://)[^/@:\\[\\s]*:(?![0-9]+(/|$))[^@\\s]*@");

  /** A token in the place of the user, as services of the web take it; user names elsewhere. */
  private static final Pattern USER = Pattern.compile("(?i)(?<![a-z])(https?://)[^/@:\\[\\s]+@");

  /** What follows the names of HTTP's schemes of authentication. */
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "(?i)(\\bauthorization\"?\\s*[=:]\\s*\"?(?:[a-z0-9-]+\\s+)?|\\bbearer\\s+(?=\\S{16}))"
              + "[A-Za-z0-9._~+/=-]{4,}+(?!\\s+\\(hidden)");

  private Secrets() {}

  /** Whether the value of a key is secret. */
  public static boolean isSecret(String key) {
    return KEY.matcher(key).find();
  }

  /** Whether a location holds a password, or a secret in its query. */
  public static boolean isRevealedBy(String location) {
    int query = location.indexOf('?');
    return PASSWORD.matcher(location).find()
        || USER.matcher(location).find()
        || (query >= 0 && SETTING.matcher(location.substring(query)).find());
  }

  /** The text with all secrets hidden that can be told by their keys or places. */
  public static String hiddenIn(String text) {
    String shown = PASSWORD.matcher(text).replaceAll("$1" + HIDDEN + "@");
    shown = USER.matcher(shown).replaceAll("$1" + HIDDEN + "@");
    shown = AUTHORIZATION.matcher(shown).replaceAll("$1" + HIDDEN);
    return SETTING.matcher(shown).replaceAll("$1" + HIDDEN);
  }
}
