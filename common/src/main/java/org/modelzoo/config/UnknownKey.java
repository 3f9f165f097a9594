package org.modelzoo.config;

import java.util.Set;
import org.modelzoo.base.NearestName;

/** What to do about a key that nothing reads. */
final class UnknownKey {
  /** Only files for {@code deploy/modelzoo sweep} have it. */
  private static final String SWEEP = "sweep";

  private UnknownKey() {}

  /**
   * The rule that it breaks, with the nearest key that there is.
   *
   * @param known all keys
   */
  static String rule(String key, Set<String> known) {
    if (key.equals(SWEEP)) {
      return "is a sweep's; use deploy/modelzoo sweep, with --dry-run to see its experiments";
    }
    return NearestName.amongKeys(known, key)
        .map(nearest -> "unknown key; did you mean " + nearest + "?")
        .orElse("unknown key; remove it, or see reference.conf for all keys");
  }
}
