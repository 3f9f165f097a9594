package org.modelzoo.spark.cli;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/** Keeps Spark's chatter off the terminal where nobody has configured logging. */
final class QuietLogs {
  private QuietLogs() {}

  /** Shows warnings of Spark and Hadoop only; a log4j2 configuration of the user's own wins. */
  static void install() {
    boolean configured =
        System.getProperty("log4j2.configurationFile") != null
            || System.getProperty("log4j.configurationFile") != null
            || Thread.currentThread().getContextClassLoader().getResource("log4j2.properties")
                != null;
    if (!configured) {
      Configurator.setRootLevel(Level.WARN);
      Configurator.setLevel("org.apache.hadoop.util.NativeCodeLoader", Level.ERROR);
      Configurator.setLevel("org.apache.spark.util.Utils", Level.ERROR);
      Configurator.setLevel("org.nd4j", Level.WARN);
      // It warns of oneDNN's and OpenCL's bindings, which are those that ND4J was made for.
      Configurator.setLevel("org.bytedeco.javacpp", Level.ERROR);
      // It takes every refusal for a matter of rates; the tracker tells what was refused.
      Configurator.setLevel("org.mlflow", Level.ERROR);
    }
  }
}
