package org.modelzoo.spark.cli;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Commands of a test run on Spark in this JVM, with two slots and without its pages. */
final class LocalMaster implements BeforeEachCallback, AfterEachCallback {
  @Override
  public void beforeEach(ExtensionContext context) {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
  }

  @Override
  public void afterEach(ExtensionContext context) {
    System.clearProperty("spark.master");
    System.clearProperty("spark.ui.enabled");
  }
}
