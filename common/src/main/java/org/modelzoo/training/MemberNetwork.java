package org.modelzoo.training;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.modelzoo.base.Seeds;
import org.modelzoo.network.Device;
import org.modelzoo.network.Engine;
import org.modelzoo.network.Engines;
import org.modelzoo.network.ModelFile;
import org.modelzoo.network.Network;
import org.modelzoo.network.NetworkSpec;
import org.modelzoo.network.Networks;
import org.modelzoo.store.MemberStore;

/** Opens the network that a member's plan asks for, on its engine. Runs on executors. */
public final class MemberNetwork {
  private MemberNetwork() {}

  /**
   * The engine that trains the member on that device.
   *
   * @throws org.modelzoo.base.ModelZooException (cluster) if it can't be used there
   */
  public static Engine engine(MemberPlan plan, Device device) {
    return Engines.choose(plan.network().engine(), device, plan.training().precision());
  }

  /** A network with the member's initial parameters. */
  public static Network open(MemberPlan plan, Device device) {
    return open(plan, initialParameters(plan), device);
  }

  /**
   * A network that begins where that of a member ended, which has all of the plan's heads but the
   * last.
   *
   * @throws org.modelzoo.base.ModelZooException (data) when it is damaged or not there
   */
  static Network continuing(MemberPlan plan, MemberStore members, String id, Device device)
      throws IOException {
    NetworkSpec spec = plan.networkSpec();
    int heads = plan.tasks().size() - 1;
    NetworkSpec former = spec.withHeads(heads);
    byte[] model =
        members.model(id, members.outcome(id).modelSha256(), ModelFile.mostBytes(former));
    float[] trained =
        ModelFile.read(new ByteArrayInputStream(model), members.modelFile(id).toString(), former);
    return open(plan, Networks.extended(spec, initialParameters(plan), heads, trained), device);
  }

  private static Network open(MemberPlan plan, float[] parameters, Device device) {
    Engine.Settings settings =
        new Engine.Settings(
            plan.training().momentum(), plan.training().weightDecay(), plan.training().precision());
    return engine(plan, device).open(plan.networkSpec(), parameters, settings, device);
  }

  /** Parameters of the member before its first step. */
  static float[] initialParameters(MemberPlan plan) {
    return Networks.initialParameters(plan.networkSpec(), initialisation(plan));
  }

  /** Seed of the initial weights. */
  static long initialisation(MemberPlan plan) {
    return Seeds.derive(plan.seed(), "initialisation");
  }
}
