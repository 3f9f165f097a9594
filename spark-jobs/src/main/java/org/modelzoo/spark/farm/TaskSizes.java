package org.modelzoo.spark.farm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.resource.ResourceProfile;

/**
 * The data set that a unit's job runs over, one for each size of members: its single partition has
 * nothing in it, and it carries Spark's resource profile. Lives on the driver; thread-safe.
 */
final class TaskSizes {
  private final JavaSparkContext spark;
  private final MemberSize usual;
  private final Consumer<String> listener;
  private final RDD<Integer> ofUsual;
  private final Map<MemberSize, Optional<RDD<Integer>>> others = new ConcurrentHashMap<>();

  /**
   * @param listener hears why members can't have another size
   */
  TaskSizes(JavaSparkContext spark, Consumer<String> listener) {
    this.spark = spark;
    this.usual = MemberSize.of(spark.getConf());
    this.listener = listener;
    this.ofUsual = onePartition();
  }

  /** For members of the application's size. */
  RDD<Integer> usual() {
    return ofUsual;
  }

  /** For members of a size, or of the application's where Spark can't tell them apart. */
  RDD<Integer> of(MemberSize size) {
    return size.equals(usual)
        ? ofUsual
        : others.computeIfAbsent(size, this::dataSet).orElse(ofUsual);
  }

  /** Those of other sizes so far. */
  List<ResourceProfile> others() {
    return others.values().stream().flatMap(Optional::stream).map(RDD::getResourceProfile).toList();
  }

  private Optional<RDD<Integer>> dataSet(MemberSize size) {
    ResourceProfile profile = size.profile();
    try {
      spark.sc().resourceProfileManager().isSupported(profile);
    } catch (Exception e) { // Spark's own, which it doesn't declare.
      listener.accept(
          "members with %s take %s, as all others do: %s".formatted(size, usual, e.getMessage()));
      return Optional.empty();
    }
    RDD<Integer> dataSet = onePartition();
    return Optional.of(dataSet.withResources(profile));
  }

  private RDD<Integer> onePartition() {
    return spark.parallelize(List.of(0), 1).rdd();
  }
}
