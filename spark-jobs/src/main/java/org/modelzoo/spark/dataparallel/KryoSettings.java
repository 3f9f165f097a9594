package org.modelzoo.spark.dataparallel;

import com.esotericsoftware.kryo.Kryo;
import java.util.Arrays;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoRegistrator;
import org.modelzoo.network.NativeSetup;
import org.nd4j.kryo.Nd4jSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Tells Kryo, where Spark is to use it, how native arrays are written. The jar of nd4j-kryo has the
 * serialiser, but not the {@code Nd4jRegistrator} that its documentation names.
 */
public final class KryoSettings implements KryoRegistrator {
  private static final String REGISTRATORS = "spark.kryo.registrator";

  /** Adds the registrator to a session that uses Kryo. */
  public static void add(SparkConf conf) {
    String serializer = conf.get("spark.serializer", "");
    String registrators = conf.get(REGISTRATORS, "");
    String ours = KryoSettings.class.getName();
    if (serializer.endsWith("KryoSerializer")
        && !Arrays.asList(registrators.split(",")).contains(ours)) {
      conf.set(REGISTRATORS, registrators.isEmpty() ? ours : registrators + "," + ours);
    }
  }

  @Override
  public void registerClasses(Kryo kryo) {
    // Reading the first array may load the native library, before any task of ours runs.
    NativeSetup.ensure();
    kryo.addDefaultSerializer(INDArray.class, new Nd4jSerializer());
  }
}
