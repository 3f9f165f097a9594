package org.modelzoo.network.dl4j;

import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.Precision;
import org.modelzoo.network.CardRequirements;
import org.modelzoo.network.Device;
import org.modelzoo.network.Engine;
import org.modelzoo.network.Machine;
import org.modelzoo.network.NativeBackends;
import org.modelzoo.network.NativeDevices;
import org.modelzoo.network.Network;
import org.modelzoo.network.NetworkSpec;
import org.modelzoo.network.Networks;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Deeplearning4j, by oneDNN on x86 processors and by ND4J's operations elsewhere. */
public final class Dl4jEngine implements Engine {
  @Override
  public String name() {
    return "dl4j";
  }

  @Override
  public String description(Device device) {
    return Machine.here().backend();
  }

  @Override
  public CardRequirements cardRequirements() {
    return CardRequirements.ofNd4j();
  }

  @Override
  public int cards() {
    return NativeBackends.areUsable() && NativeDevices.areUsed() ? NativeDevices.visible() : 0;
  }

  @Override
  public Optional<String> problem(Device device, Precision precision) {
    if (precision != Precision.FLOAT32) {
      return Optional.of(
          "engine dl4j trains in float32 alone; leave training.precision out, or set network.engine = torch");
    }
    NativeBackends.require();
    return device.isCard() && !NativeDevices.areUsed()
        ? Optional.of(
            "ND4J's backend on the class path is the one for processors, and the member was given a card; build with mvn -Pcuda package and give Spark the jars of spark-jobs/target/cuda with --jars")
        : Optional.empty();
  }

  @Override
  public Network open(NetworkSpec spec, float[] parameters, Settings settings, Device device) {
    problem(device, settings.precision())
        .ifPresent(
            problem -> {
              throw new ModelZooException(ErrorKind.CLUSTER, problem);
            });
    if (device.isCard()) {
      NativeDevices.use(device.card());
    }
    return new Dl4jNetwork(Networks.over(spec, parameters), spec, settings, device);
  }

  /** A network of this specification over these parameters. */
  static ComputationGraph graph(NetworkSpec spec, INDArray parameters) {
    ComputationGraph graph = new ComputationGraph(Networks.configuration(spec));
    graph.init(parameters, /* cloneParametersArray= */ false);
    return graph;
  }
}
