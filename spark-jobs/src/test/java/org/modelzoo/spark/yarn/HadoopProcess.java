package org.modelzoo.spark.yarn;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * A process that is an HDFS of one data node and a YARN of two node managers, each with a made-up
 * GPU, until its standard input ends. Runs with Hadoop's libraries alone. Arguments: the directory
 * for {@code core-site.xml} and {@code yarn-site.xml}, which appear when clients may come.
 */
public final class HadoopProcess {
  private static final int NODES = 2;
  private static final String QUEUES = "yarn.scheduler.capacity.root.";

  private HadoopProcess() {}

  /** Starts, waits, stops. */
  public static void main(String[] arguments) throws Exception {
    Path clients = Path.of(arguments[0]);
    Configuration disks = new Configuration();
    disks.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, Path.of("hdfs").toAbsolutePath().toString());
    MiniDFSCluster hdfs = new MiniDFSCluster.Builder(disks).numDataNodes(1).build();
    hdfs.waitActive();
    Configuration settings = settings(hdfs.getURI().toString());
    MiniYARNCluster yarn = new MiniYARNCluster("yarn", NODES, 1, 1);
    yarn.init(settings);
    yarn.start();
    if (!yarn.waitForNodeManagersToConnect(60_000)) {
      throw new IOException("no node managers in a minute");
    }
    writeForClients(clients, yarn.getConfig());
    while (System.in.read() >= 0) {
      // Nothing is said; it ends with the process that started this one.
    }
    yarn.stop();
    hdfs.shutdown();
    Runtime.getRuntime().halt(0);
  }

  private static Configuration settings(String hdfs) {
    Configuration settings = new YarnConfiguration();
    settings.set("fs.defaultFS", hdfs);
    settings.set("yarn.resourcemanager.hostname", "localhost");
    settings.setInt("yarn.resourcemanager.am.max-attempts", 10);
    settings.setInt("yarn.resourcemanager.nodemanagers.heartbeat-interval-ms", 100);
    settings.setInt("yarn.minicluster.yarn.nodemanager.resource.memory-mb", 5120);
    settings.setInt("yarn.scheduler.minimum-allocation-mb", 128);
    settings.setBoolean("yarn.nodemanager.vmem-check-enabled", false);
    settings.set(
        "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "100.0");
    settings.setBoolean("yarn.log-aggregation-enable", true);
    settings.set(
        "yarn.nodemanager.env-whitelist", "JAVA_HOME,PATH,LANG,JAVA_TOOL_OPTIONS,SPARK_LOCAL_IP");
    // Made-up GPUs: without the plug-in that looks for real ones.
    settings.set("yarn.resource-types", "yarn.io/gpu");
    settings.set("yarn.nodemanager.resource-type.yarn.io/gpu", "1");
    settings.set(
        "yarn.scheduler.capacity.resource-calculator",
        "org.apache.hadoop.yarn.util.resource.DominantResourceCalculator");
    settings.set("yarn.scheduler.capacity.maximum-am-resource-percent", "0.9");
    settings.set(QUEUES + "queues", "default,training");
    for (String queue : List.of("default", "training")) {
      settings.set(QUEUES + queue + ".capacity", "50");
      settings.set(QUEUES + queue + ".maximum-capacity", "100");
      settings.set(QUEUES + queue + ".user-limit-factor", "2");
      settings.set(QUEUES + queue + ".state", "RUNNING");
      settings.set(QUEUES + queue + ".acl_submit_applications", "*");
    }
    return settings;
  }

  /** As an administrator gives them to users. */
  private static void writeForClients(Path directory, Configuration yarn) throws IOException {
    write(directory, "core-site.xml", yarn, List.of("fs.defaultFS"));
    write(
        directory,
        "yarn-site.xml",
        yarn,
        List.of(
            "yarn.resourcemanager.address",
            "yarn.resourcemanager.scheduler.address",
            "yarn.resourcemanager.webapp.address",
            "yarn.resource-types",
            "yarn.log-aggregation-enable"));
  }

  private static void write(Path directory, String name, Configuration settings, List<String> keys)
      throws IOException {
    Configuration chosen = new Configuration(/* loadDefaults= */ false);
    keys.forEach(key -> chosen.set(key, settings.get(key)));
    Path written = directory.resolve(name + ".new");
    try (OutputStream out = Files.newOutputStream(written)) {
      chosen.writeXml(out);
    }
    Files.move(written, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }
}
