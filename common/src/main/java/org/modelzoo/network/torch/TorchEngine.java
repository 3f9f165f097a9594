package org.modelzoo.network.torch;

import java.util.Optional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch_cuda;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.Precision;
import org.modelzoo.network.CardRequirements;
import org.modelzoo.network.Device;
import org.modelzoo.network.Engine;
import org.modelzoo.network.JavaCppVersions;
import org.modelzoo.network.Network;
import org.modelzoo.network.NetworkSpec;

/** Libtorch, on processors and NVIDIA cards. */
public final class TorchEngine implements Engine {
  @Override
  public String name() {
    return "torch";
  }

  @Override
  public String description(Device device) {
    require(unusable(device));
    return "libtorch %s, %s"
        .formatted(
            JavaCppVersions.of("pytorch"),
            device.isCard() ? CardModel.of(device.card()) : torch.get_cpu_capability().getString());
  }

  @Override
  public CardRequirements cardRequirements() {
    return CardRequirements.ofLibtorch();
  }

  @Override
  public int cards() {
    return TorchNatives.here().cardProblem().isPresent() ? 0 : torch_cuda.device_count();
  }

  @Override
  public Optional<String> problem(Device device, Precision precision) {
    return unusable(device)
        .or(
            () ->
                device.isCard()
                    ? CardModel.of(device.card()).problem(precision)
                    : CardModel.problemOnProcessor(precision));
  }

  /** Why nothing can be computed on the device. */
  private Optional<String> unusable(Device device) {
    TorchNatives natives = TorchNatives.here();
    if (natives.problem().isPresent() || !device.isCard()) {
      return natives.problem();
    }
    if (natives.cardProblem().isPresent()) {
      return natives.cardProblem();
    }
    int cards = cards();
    return device.card() < cards
        ? Optional.empty()
        : Optional.of(
            "the member was given card %d, and CUDA shows this process %d; look at CUDA_VISIBLE_DEVICES and nvidia-smi on the worker"
                .formatted(device.card(), cards));
  }

  private static void require(Optional<String> problem) {
    problem.ifPresent(
        text -> {
          throw new ModelZooException(ErrorKind.CLUSTER, text);
        });
  }

  @Override
  public Network open(NetworkSpec spec, float[] parameters, Settings settings, Device device) {
    require(problem(device, settings.precision()));
    Numbers numbers = Numbers.of(settings.precision());
    Place place =
        device.isCard()
            ? new Card(device.card(), numbers.rounded())
            : new Processor(device.threads());
    return new TorchNetwork(spec, parameters, settings, numbers, place);
  }
}
