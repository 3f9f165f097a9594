package org.modelzoo.spark.dataparallel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.modelzoo.config.EngineChoice;
import org.modelzoo.config.Precision;
import org.modelzoo.network.Device;
import org.modelzoo.network.Network;
import org.modelzoo.network.NetworkSpec;
import org.modelzoo.training.MemberNetwork;
import org.modelzoo.training.MemberPlan;

/**
 * Networks of this executor that no worker uses at the moment. Making one and its native operations
 * takes longer than a few steps, and periods are short. Keeps those of one kind of network; a JVM
 * is one executor, hence the statics.
 */
final class IdleReplicas {
  private static final Deque<Network> IDLE = new ArrayDeque<>();
  private static Kind kind;

  /** What makes replicas exchangeable; their arrays lie on one device. */
  private record Kind(
      NetworkSpec network,
      EngineChoice engine,
      double momentum,
      double weightDecay,
      Precision precision,
      Device device) {
    static Kind of(MemberPlan plan, Device device) {
      return new Kind(
          plan.networkSpec(),
          plan.network().engine(),
          plan.training().momentum(),
          plan.training().weightDecay(),
          plan.training().precision(),
          device);
    }
  }

  private IdleReplicas() {}

  /** A replica for one period. */
  static Network take(MemberPlan plan, Device device) {
    List<Network> others = List.of();
    Network idle;
    synchronized (IDLE) {
      Kind wanted = Kind.of(plan, device);
      if (!wanted.equals(kind)) {
        others = List.copyOf(IDLE);
        IDLE.clear();
        kind = wanted;
      }
      idle = IDLE.poll();
    }
    others.forEach(Network::close);
    return idle != null ? idle : MemberNetwork.open(plan, device);
  }

  /** Keeps a replica for the next period. */
  static void giveBack(MemberPlan plan, Device device, Network network) {
    synchronized (IDLE) {
      if (Kind.of(plan, device).equals(kind)) {
        IDLE.push(network);
        return;
      }
    }
    network.close();
  }
}
