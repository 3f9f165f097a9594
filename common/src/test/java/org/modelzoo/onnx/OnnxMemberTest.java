package org.modelzoo.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto.DataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.config.EngineChoice;
import org.modelzoo.config.ImageShape;
import org.modelzoo.config.NormalisationConfig;
import org.modelzoo.config.Precision;
import org.modelzoo.network.Blueprint;
import org.modelzoo.network.Device;
import org.modelzoo.network.Engine;
import org.modelzoo.network.Engines;
import org.modelzoo.network.Network;
import org.modelzoo.network.NetworkSpec;
import org.modelzoo.network.Networks;
import org.modelzoo.network.layer.BatchNormalization;

class OnnxMemberTest {
  private static final NormalisationConfig NORMALISATION = new NormalisationConfig(0.45, 0.25);
  private static final int IMAGES = 1000;
  private static final int BATCH = 100;

  @ParameterizedTest
  @CsvSource({"small-conv, 32, 3", "small-conv, 28, 1", "wrn-10-1, 16, 3", "wrn-16-2, 9, 3"})
  void everyHeadPredictsWhatTheNetworkPredicts(String name, int side, int channels)
      throws Exception {
    ImageShape shape = new ImageShape(side, side, channels);
    NetworkSpec spec = new NetworkSpec(name, 0.3, shape, List.of(5, 2));
    float[] parameters = parameters(spec);
    Random random = new Random(7);
    try (Network network =
            Engines.choose(EngineChoice.DL4J, Device.processor(1), Precision.FLOAT32)
                .open(
                    spec,
                    parameters,
                    new Engine.Settings(0, 0, Precision.FLOAT32),
                    Device.processor(1));
        OnnxSession first = new OnnxSession(model(spec, parameters, 0));
        OnnxSession second = new OnnxSession(model(spec, parameters, 1))) {
      for (int from = 0; from < IMAGES; from += BATCH) {
        float[] pixels = new float[BATCH * shape.size()];
        for (int i = 0; i < pixels.length; i++) {
          pixels[i] = random.nextInt(256) / 255f;
        }
        assertSame(network, first, shape, pixels, 0, 5);
        assertSame(network, second, shape, pixels, 1, 2);
      }
    }
  }

  private static void assertSame(
      Network network, OnnxSession session, ImageShape shape, float[] pixels, int head, int classes)
      throws Exception {
    float[] features = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      features[i] = (float) ((pixels[i] - NORMALISATION.mean()) / NORMALISATION.deviation());
    }
    float[] expected = network.probabilities(features, BATCH, head);
    float[][] actual =
        (float[][])
            session.run(
                channelsFirst(pixels, shape),
                new long[] {BATCH, shape.channels(), shape.height(), shape.width()},
                "member/probabilities");
    for (int i = 0; i < BATCH; i++) {
      for (int label = 0; label < classes; label++) {
        assertThat(actual[i][label]).isCloseTo(expected[i * classes + label], within(1e-5f));
      }
    }
  }

  private static float[] channelsFirst(float[] pixels, ImageShape shape) {
    int area = shape.height() * shape.width();
    float[] turned = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      int image = i / shape.size();
      int pixel = i % shape.size() / shape.channels();
      int channel = i % shape.channels();
      turned[image * shape.size() + channel * area + pixel] = pixels[i];
    }
    return turned;
  }

  private static byte[] model(NetworkSpec spec, float[] parameters, int head) {
    OnnxGraph graph = new OnnxGraph();
    String images = OnnxInput.FLOAT32.addTo(graph, spec.input(), NORMALISATION);
    String output = new OnnxMember(graph, "member", spec, parameters, head).probabilities(images);
    graph.output(output, DataType.FLOAT_VALUE, spec.headSizes().get(head));
    return ModelProto.newBuilder()
        .setIrVersion(7)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OnnxModel.OPSET))
        .setGraph(graph.build("member"))
        .build()
        .toByteArray();
  }

  /** As if trained: statistics, factors and biases are not those of the start. */
  private static float[] parameters(NetworkSpec spec) {
    float[] parameters = Networks.initialParameters(spec, 3);
    Random random = new Random(5);
    for (Blueprint.Vertex vertex : Blueprint.of(spec).vertices()) {
      for (Blueprint.Array array : vertex.arrays()) {
        if (array.shape().length == 1) {
          boolean isShift = array.name().equals(BatchNormalization.SHIFT);
          for (int i = 0; i < array.length(); i++) {
            parameters[(int) array.offset() + i] =
                isShift || array.name().equals(BatchNormalization.MEAN)
                    ? 0.2f * (float) random.nextGaussian()
                    : 0.5f + random.nextFloat();
          }
        }
      }
    }
    return parameters;
  }
}
