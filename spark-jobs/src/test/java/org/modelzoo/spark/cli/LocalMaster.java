package org.modelzoo.spark.cli;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Commands of a test run on Spark in this JVM, with two slots and without its pages. */
final class LocalMaster implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
  @Override
  public void beforeAll(ExtensionContext context) {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
  }

  /** A test may have asked for another master. */
  @Override
  public void beforeEach(ExtensionContext context) {
    beforeAll(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    System.clearProperty("spark.master");
    System.clearProperty("spark.ui.enabled");
  }
}
