package org.modelzoo.spark.session;

import java.time.Duration;
import java.util.Arrays;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ClusterConfig;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.network.NativeSetup;
import org.modelzoo.spark.dataparallel.DataParallelFarm;
import org.modelzoo.spark.dataparallel.KryoSettings;
import org.modelzoo.spark.event.ProgressChannel;
import org.modelzoo.spark.event.Redaction;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.farm.Decommission;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.farm.FarmLimits;
import org.modelzoo.spark.farm.SparkFarm;

/** The Spark session of a command: its settings, its start, its end. Lives on the driver. */
public final class SparkApplication implements AutoCloseable {
  /** For executors, before it has started. */
  private static final long SPARK_WAITS_MILLIS = 30_000;

  private final JavaSparkContext context;

  private final ProgressChannel.Subscription progress;

  private SparkApplication(JavaSparkContext context, ProgressChannel.Subscription progress) {
    this.context = context;
    this.progress = progress;
  }

  /**
   * What spark-submit was given, and our defaults where it was given nothing.
   *
   * @throws ModelZooException (cluster) if a member needs more cores than a local master has, or
   *     cards from one
   */
  public static SparkConf settings(ModelZooConfig config) {
    SparkConf conf = new SparkConf();
    conf.setIfMissing("spark.master", "local[*]");
    conf.setIfMissing("spark.task.cpus", Integer.toString(config.cluster().threadsPerMember()));
    conf.setIfMissing("spark.app.name", "modelzoo");
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    // For every job Spark takes a block of this size from the heap, however small the job is; its
    // own
    // 4 MB are more garbage than the collector should get from jobs that carry a few kilobytes.
    conf.setIfMissing("spark.broadcast.blockSize", "64k");
    // Native libraries read these when they load. Threads that wait must not spin: members share
    // the cores.
    conf.setIfMissing("spark.executorEnv.OMP_NUM_THREADS", conf.get("spark.task.cpus"));
    conf.setIfMissing("spark.executorEnv.OMP_WAIT_POLICY", "PASSIVE");
    if (isLocal(conf)) {
      // This process has the classes; its executor would fetch a copy of the jar from its driver.
      conf.remove("spark.jars");
    }
    Redaction.add(conf);
    addPlugin(conf, ProgressChannel.class);
    if (!isLocal(conf) && !config.cluster().memberTimeLimit().isZero()) {
      // Ends the executor of a member that was ended and doesn't stop: the only way to free its
      // slot.
      conf.setIfMissing("spark.task.reaper.enabled", "true");
      conf.setIfMissing("spark.task.reaper.pollingInterval", "5s");
      conf.setIfMissing("spark.task.reaper.killTimeout", "20s");
    }
    if (!isLocal(conf)) {
      Decommission.add(conf);
    }
    long limit = config.cluster().executorTimeLimit().toMillis();
    if (limit > 0 && limit < 2 * SPARK_WAITS_MILLIS) {
      // Spark must have started when the limit ends the run, or it can't take back what it asked
      // for.
      conf.setIfMissing("spark.scheduler.maxRegisteredResourcesWaitingTime", limit / 2 + "ms");
    }
    GpuSettings.add(conf, config.cluster().gpusPerMember());
    KryoSettings.add(conf);
    requireCores(conf);
    return conf;
  }

  /** Adds a plugin behind those that are there. */
  public static void addPlugin(SparkConf conf, Class<? extends SparkPlugin> plugin) {
    String plugins = conf.get("spark.plugins", "");
    String ours = plugin.getName();
    if (!Arrays.asList(plugins.split(",")).contains(ours)) {
      conf.set("spark.plugins", plugins.isEmpty() ? ours : plugins + "," + ours);
    }
  }

  /** Spark would wait for ever for a slot that can't exist. */
  private static void requireCores(SparkConf conf) {
    String master = conf.get("spark.master");
    int wanted = conf.getInt("spark.task.cpus", 1);
    int cores = localCores(master);
    if (cores < wanted) {
      throw new ModelZooException(
          ErrorKind.CLUSTER,
          "a member takes %d threads (cluster.threads-per-member, spark.task.cpus), and master %s has %d; give local[%d] or fewer threads"
              .formatted(wanted, master, cores, wanted));
    }
  }

  /** Whether driver and executor are this one process. */
  static boolean isLocal(SparkConf conf) {
    String master = conf.get("spark.master");
    return master.equals("local") || master.startsWith("local[");
  }

  private static int localCores(String master) {
    if (master.equals("local")) {
      return 1;
    }
    if (!master.startsWith("local[")) {
      return Integer.MAX_VALUE;
    }
    String count = master.substring("local[".length()).split("[,\\]]", 2)[0].trim();
    return count.equals("*") ? Runtime.getRuntime().availableProcessors() : number(count, master);
  }

  private static int number(String text, String master) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new ModelZooException(
          ErrorKind.CLUSTER, "no master: " + master + "; write local[2] or local[*]", e);
    }
  }

  /** Starts the session, however long that takes. */
  public static SparkApplication start(SparkConf conf, RunListener listener) {
    return start(conf, listener, Duration.ZERO);
  }

  /**
   * Starts the session.
   *
   * @param listener hears of a long wait and of the events that executors send
   * @param limit how long the start may take; zero for as long as it does
   * @throws ModelZooException (cluster) if the master can't be reached, refuses, or lets us wait
   */
  public static SparkApplication start(SparkConf conf, RunListener listener, Duration limit) {
    NativeSetup.ensure();
    return new SparkApplication(
        new ApplicationStart(conf, listener, limit).context(),
        ProgressChannel.receive(
            message -> {
              if (message instanceof RunEvent event) {
                listener.on(event);
              }
            }));
  }

  /**
   * The door to the cluster for every kind of member.
   *
   * @param listener hears of units that hang and of long waits
   */
  public Farm farm(ClusterConfig cluster, RunListener listener) {
    return new DataParallelFarm(
        context,
        new SparkFarm(context, cluster.membersAtOnce(), FarmLimits.of(cluster), listener),
        listener);
  }

  public JavaSparkContext context() {
    return context;
  }

  @Override
  public void close() {
    progress.close();
    context.stop();
  }
}
