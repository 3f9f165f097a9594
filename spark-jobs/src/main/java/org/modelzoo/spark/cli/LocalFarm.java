package org.modelzoo.spark.cli;

import java.util.List;
import org.apache.spark.SparkConf;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.farm.SparkFarm;

/** A farm on a Spark session in this process, which starts when it is first asked for. */
final class LocalFarm implements AutoCloseable {
  private final int slots;
  private SparkSession session;
  private SparkFarm farm;

  LocalFarm(int slots) {
    this.slots = slots;
  }

  Farm started() {
    if (farm == null) {
      SparkConf conf =
          SparkSession.settings(ConfigLoader.load(List.of(), List.of()).values())
              .setMaster("local[" + slots + "]");
      session = SparkSession.start(conf, event -> {});
      farm = new SparkFarm(session.context(), 0);
    }
    return farm;
  }

  @Override
  public void close() {
    if (farm != null) {
      farm.close();
      session.close();
    }
  }
}
