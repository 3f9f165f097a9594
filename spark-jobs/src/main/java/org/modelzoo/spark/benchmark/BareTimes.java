package org.modelzoo.spark.benchmark;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.modelzoo.benchmark.BenchmarkResult;
import org.modelzoo.store.MemberStore.Member;

/**
 * What a round would take if it were bare steps and bare evaluation batches and nothing else.
 *
 * @param training of as many members at once as the round trains
 * @param evaluation of as many members at once, in a run's evaluation batches
 * @param slots members that train at the same time
 */
record BareTimes(BenchmarkResult training, BenchmarkResult evaluation, int slots) {
  /** Seconds of a member's training images in full batches. */
  double trainingSeconds(Member member) {
    return seconds(training, member.file().trainImages());
  }

  /** Seconds of the images of which a member stored predictions. */
  double evaluationSeconds(Member member) {
    long images =
        member.predictions().blocks().stream().mapToLong(block -> block.labels().length).sum();
    return seconds(evaluation, images);
  }

  private static double seconds(BenchmarkResult bare, long images) {
    return images * bare.stepMsMedian() / bare.batch() / 1e3;
  }

  /** Seconds of a round: the members in their order, each on the slot that is free first. */
  double roundSeconds(List<Member> members) {
    PriorityQueue<Double> freeAt = new PriorityQueue<>(Collections.nCopies(slots, 0.0));
    Deque<Double> ends = new ArrayDeque<>();
    for (Member member : members) {
      double end = freeAt.remove() + trainingSeconds(member) + evaluationSeconds(member);
      freeAt.add(end);
      ends.add(end);
    }
    return Collections.max(ends);
  }
}
