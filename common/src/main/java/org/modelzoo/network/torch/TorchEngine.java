package org.modelzoo.network.torch;

import java.util.Optional;
import org.modelzoo.config.Precision;
import org.modelzoo.network.CardRequirements;
import org.modelzoo.network.Device;
import org.modelzoo.network.Engine;
import org.modelzoo.network.Network;
import org.modelzoo.network.NetworkSpec;

/** Networks of libtorch. */
public final class TorchEngine implements Engine {
  @Override
  public String name() {
    return "torch";
  }

  @Override
  public String description(Device device) {
    return "libtorch";
  }

  @Override
  public CardRequirements cardRequirements() {
    return CardRequirements.ofLibtorch();
  }

  @Override
  public int cards() {
    return 0;
  }

  @Override
  public Optional<String> problem(Device device, Precision precision) {
    return Optional.empty();
  }

  @Override
  public Network open(NetworkSpec spec, float[] parameters, Settings settings, Device device) {
    return new TorchNetwork(
        spec,
        parameters,
        settings,
        Numbers.of(settings.precision()),
        new Processor(device.threads()));
  }
}
