package org.modelzoo.spark.job;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.modelzoo.config.Method;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.data.ImageMemory;
import org.modelzoo.training.MemberMemory;

/**
 * What executors and driver of an experiment need, and the parts it is made of. Computed from the
 * configuration alone. Bytes, unless a name says otherwise.
 *
 * @param members that train in one executor at the same time
 * @param threads of each
 * @param gpus cards of each, 0 for none
 * @param images of all tasks, in the Java heap of each executor
 * @param member what the largest member holds outside the Java heap
 * @param results losses and predictions that the driver holds
 */
public record ExecutorSize(
    int members, int threads, double gpus, long images, MemberMemory member, long results) {
  /** Spark, its tasks and Java's collector: in the heap of executors and driver. */
  public static final long SPARK = 1L << 30;

  /** Classes, compiled code, threads, native libraries and Spark's network buffers. */
  public static final long LIBRARIES = 1L << 30;

  /** Memory of the host that CUDA and cuDNN take. Not measured. */
  public static final long CARD = 3L << 30;

  /** More members than this in one JVM only share its images; fewer lose less with it. */
  private static final int MOST_MEMBERS = 4;

  /** Text and numbers of one task's losses and accuracies in one round. */
  private static final long BYTES_A_RESULT = 400;

  private static final long GIBIBYTE = 1L << 30;

  /**
   * For all methods of an experiment.
   *
   * @param wanted members in one executor; empty for as many as make sense
   */
  public static ExecutorSize of(ModelZooConfig config, OptionalInt wanted) {
    double gpus = config.cluster().gpusPerMember();
    List<Method> methods = config.methods();
    int natural =
        gpus > 0
            ? Math.max(1, (int) Math.floor(1 / gpus))
            : Math.min(MOST_MEMBERS, membersAtOnce(config, methods));
    return new ExecutorSize(
        wanted.orElse(natural),
        config.cluster().threadsPerMember(),
        gpus,
        ImageMemory.bytes(config.data()),
        methods.stream()
            .map(method -> RunEstimate.of(config, method).largestNetwork(config))
            .map(network -> MemberMemory.of(network, config.training().batchSize()))
            .max((a, b) -> Long.compare(a.total(), b.total()))
            .orElseThrow(),
        results(config, methods));
  }

  private static int membersAtOnce(ModelZooConfig config, List<Method> methods) {
    int members = methods.stream().mapToInt(method -> membersAtOnce(config, method)).sum();
    int most = config.cluster().membersAtOnce();
    return most == 0 ? members : Math.min(most, members);
  }

  private static int membersAtOnce(ModelZooConfig config, Method method) {
    RunEstimate estimate = RunEstimate.of(config, method);
    int ofRound = (estimate.members() + estimate.rounds() - 1) / estimate.rounds();
    int lookahead = method == Method.ZOO ? config.zoo().lookahead() : 0;
    int rounds = method.followsZoo() ? estimate.rounds() : 1 + lookahead;
    return ofRound * Math.min(rounds, estimate.rounds());
  }

  private static long results(ModelZooConfig config, List<Method> methods) {
    long rounds =
        methods.stream().mapToLong(method -> RunEstimate.of(config, method).rounds()).sum();
    long tasks = config.data().set().tasks().size();
    long images = ImageMemory.bytes(config.data()) / config.data().set().source().shape().size();
    long classes =
        config.data().set().tasks().stream()
            .mapToLong(task -> task.classes().size())
            .max()
            .orElse(0);
    // Probabilities of the ensemble, of a member that comes in, and of the sum.
    return rounds * tasks * BYTES_A_RESULT + 3 * Float.BYTES * images * classes;
  }

  /** Java heap of an executor. */
  public long heap() {
    return wholeGibibytes(SPARK + images);
  }

  /** Memory of an executor beside the heap. */
  public long overhead() {
    return wholeGibibytes(LIBRARIES + (gpus > 0 ? CARD : members * member.total()));
  }

  /** Java heap of the driver, never below 2 GiB. */
  public long driverHeap() {
    return Math.max(2 * GIBIBYTE, wholeGibibytes(SPARK + results));
  }

  /** Spark's settings by their names, in the order in which people read them. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.executor.memory", gibibytes(heap()));
    settings.put("spark.executor.memoryOverhead", gibibytes(overhead()));
    settings.put(
        "spark.executor.extraJavaOptions",
        "-Dorg.bytedeco.javacpp.maxbytes=%s -Dorg.bytedeco.javacpp.maxphysicalbytes=%s"
            .formatted(gibibytes(overhead()), gibibytes(heap() + overhead())));
    settings.put("spark.executor.cores", Integer.toString(members * threads));
    settings.put("spark.task.cpus", Integer.toString(threads));
    if (gpus > 0) {
      settings.put(
          "spark.executor.resource.gpu.amount", Integer.toString((int) Math.ceil(members * gpus)));
      settings.put(
          "spark.task.resource.gpu.amount",
          BigDecimal.valueOf(gpus).stripTrailingZeros().toPlainString());
    }
    settings.put("spark.driver.memory", gibibytes(driverHeap()));
    return settings;
  }

  private static long wholeGibibytes(long bytes) {
    return (bytes + GIBIBYTE - 1) / GIBIBYTE * GIBIBYTE;
  }

  private static String gibibytes(long bytes) {
    return bytes / GIBIBYTE + "g";
  }
}
