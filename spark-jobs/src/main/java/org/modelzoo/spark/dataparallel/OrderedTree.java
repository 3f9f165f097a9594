package org.modelzoo.spark.dataparallel;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.api.java.function.PairFunction;
import scala.Tuple2;

/**
 * Adds up the results of workers in a tree, as Spark's {@code treeAggregate} lays it out, but in
 * the order of the workers at every node, so that the sum has the same bits every time. Spark adds
 * in the order of arrival.
 */
final class OrderedTree {
  private OrderedTree() {}

  /**
   * Runs the job.
   *
   * @param results one per partition
   * @param depth levels of the tree; the last is the driver
   */
  static ReplicaResult sum(JavaRDD<ReplicaResult> results, int depth) {
    JavaRDD<ReplicaResult> level = results;
    int nodes = results.getNumPartitions();
    int branches = Math.max(2, (int) Math.ceil(Math.pow(nodes, 1.0 / depth)));
    while (nodes > branches + (nodes + branches - 1) / branches) {
      nodes = (nodes + branches - 1) / branches;
      level =
          level
              .mapToPair(new Parent(branches))
              .groupByKey(new HashPartitioner(nodes))
              .map(new SumOfChildren());
    }
    return inOrder(level.collect());
  }

  static ReplicaResult inOrder(Iterable<ReplicaResult> results) {
    List<ReplicaResult> sorted = new ArrayList<>();
    results.forEach(sorted::add);
    sorted.sort(Comparator.comparingInt(ReplicaResult::position));
    return sorted.stream().reduce(ReplicaResult::plus).orElseThrow();
  }

  /** The node above. */
  private static final class Parent implements PairFunction<ReplicaResult, Integer, ReplicaResult> {
    private static final long serialVersionUID = 1L;

    private final int branches;

    Parent(int branches) {
      this.branches = branches;
    }

    @Override
    public Tuple2<Integer, ReplicaResult> call(ReplicaResult result) {
      return new Tuple2<>(result.position() / branches, result);
    }
  }

  private static final class SumOfChildren
      implements Function<Tuple2<Integer, Iterable<ReplicaResult>>, ReplicaResult>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public ReplicaResult call(Tuple2<Integer, Iterable<ReplicaResult>> node) {
      return inOrder(node._2()).at(node._1());
    }
  }
}
