package org.modelzoo.spark.dataparallel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.modelzoo.network.NativeDevices;
import org.modelzoo.network.NetworkSpec;
import org.modelzoo.training.MemberPlan;
import org.modelzoo.training.Replica;

/**
 * Networks of this executor that no worker uses at the moment. Making one and its native operations
 * takes longer than a few steps, and periods are short. Keeps those of one kind of network; a JVM
 * is one executor, hence the statics.
 */
final class IdleReplicas {
  private static final Deque<Replica> IDLE = new ArrayDeque<>();
  private static Kind kind;

  /** What makes replicas exchangeable; their arrays lie on one device. */
  private record Kind(NetworkSpec network, double momentum, double weightDecay, int device) {
    static Kind of(MemberPlan plan) {
      return new Kind(
          plan.networkSpec(),
          plan.training().momentum(),
          plan.training().weightDecay(),
          NativeDevices.current());
    }
  }

  private IdleReplicas() {}

  /** A replica for one period. */
  static Replica take(MemberPlan plan) {
    List<Replica> others = List.of();
    Replica idle;
    synchronized (IDLE) {
      Kind wanted = Kind.of(plan);
      if (!wanted.equals(kind)) {
        others = List.copyOf(IDLE);
        IDLE.clear();
        kind = wanted;
      }
      idle = IDLE.poll();
    }
    others.forEach(Replica::close);
    return idle != null ? idle : new Replica(plan);
  }

  /** Keeps a replica for the next period. */
  static void giveBack(MemberPlan plan, Replica replica) {
    synchronized (IDLE) {
      if (Kind.of(plan).equals(kind)) {
        IDLE.push(replica);
        return;
      }
    }
    replica.close();
  }
}
