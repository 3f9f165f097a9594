package org.modelzoo.spark.job.use;

import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.network.Device;
import org.modelzoo.zoo.SavedZoo;
import org.modelzoo.zoo.Zoo;
import org.modelzoo.zoo.ZooManifest;

/**
 * A zoo that executors predict with, each JVM loading its members once. Made on the driver.
 *
 * @param uri of the zoo
 * @param manifest the members that count, which is all that executors load
 */
record ZooInUse(String uri, ZooManifest manifest) implements Serializable {
  private static ZooInUse key;
  private static Zoo loaded;

  /**
   * The members of this JVM; of one zoo at a time, which is all that an application needs.
   *
   * @param device where they are loaded, if they aren't yet
   */
  Zoo load(Configuration hadoop, Device device) {
    synchronized (ZooInUse.class) {
      if (!equals(key)) {
        forget();
        loaded = Zoo.load(SavedZoo.at(uri, hadoop), manifest, device);
        key = this;
      }
      return loaded;
    }
  }

  /** Frees the members of this JVM. */
  static void forget() {
    synchronized (ZooInUse.class) {
      if (loaded != null) {
        loaded.close();
      }
      loaded = null;
      key = null;
    }
  }
}
