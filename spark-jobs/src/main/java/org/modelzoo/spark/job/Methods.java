package org.modelzoo.spark.job;

import java.util.Locale;
import org.modelzoo.config.Method;

/** Methods as the configuration writes them. */
public final class Methods {
  private Methods() {}

  /** For example {@code multi-head}. */
  public static String name(Method method) {
    return method.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
