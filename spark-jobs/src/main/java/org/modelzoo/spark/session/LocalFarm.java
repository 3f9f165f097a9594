package org.modelzoo.spark.session;

import java.util.List;
import org.apache.spark.SparkConf;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.farm.SparkFarm;

/** A farm on a Spark session in this process, which starts when it is first asked for. */
public final class LocalFarm implements AutoCloseable {
  private final int slots;
  private SparkApplication session;
  private SparkFarm farm;

  public LocalFarm(int slots) {
    this.slots = slots;
  }

  public Farm started() {
    if (farm == null) {
      SparkConf conf =
          SparkApplication.settings(ConfigLoader.load(List.of(), List.of()).values())
              .setMaster("local[" + slots + "]");
      session = SparkApplication.start(conf, event -> {});
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
