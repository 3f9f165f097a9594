package org.modelzoo.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxModelMetadata;
import ai.onnxruntime.OrtException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.data.LabelledImages;
import org.modelzoo.network.Device;
import org.modelzoo.zoo.Picture;
import org.modelzoo.zoo.Prediction;
import org.modelzoo.zoo.SavedZoo;
import org.modelzoo.zoo.Zoo;
import org.modelzoo.zoo.ZooFixtures;
import org.modelzoo.zoo.ZooManifest;

class OnnxModelTest {
  @TempDir private static Path directory;
  private static SavedZoo saved;

  @BeforeAll
  static void train() {
    ZooFixtures.train(directory);
    saved = SavedZoo.at(directory.toString(), ZooFixtures.HADOOP);
  }

  @Test
  void theGraphPredictsWhatTheZooPredicts() throws Exception {
    ZooManifest manifest = saved.manifest();
    try (Zoo zoo = Zoo.load(directory.toString())) {
      for (int task = 0; task < 2; task++) {
        try (OnnxSession session =
            new OnnxSession(OnnxModel.of(saved, manifest, task, OnnxInput.UINT8))) {
          assertSame(zoo, task, session);
        }
      }
    }
  }

  @Test
  void someOfTheMembersAreAnEnsembleToo() throws Exception {
    ZooManifest one = saved.manifest().with(it -> it.id().equals("round-001-member-00"));
    try (Zoo zoo = Zoo.load(saved, one, Device.processor(1));
        OnnxSession session = new OnnxSession(OnnxModel.of(saved, one, 0, OnnxInput.UINT8))) {
      assertSame(zoo, 0, session);
    }
  }

  private static void assertSame(Zoo zoo, int task, OnnxSession session) throws OrtException {
    LabelledImages images = ZooFixtures.images(task).test();
    long[] shape = {images.size(), 8, 8, 3};
    float[][] probabilities = (float[][]) session.run(images.pixels(), shape, "probabilities");
    long[] classes = (long[]) session.run(images.pixels(), shape, "class");
    float[] agreement = (float[]) session.run(images.pixels(), shape, "agreement");
    String name = zoo.manifest().tasks().get(task).name();
    List<Prediction> expected = zoo.predict(name, pictures(images));
    for (int i = 0; i < images.size(); i++) {
      Prediction prediction = expected.get(i);
      for (int label = 0; label < 2; label++) {
        assertThat(probabilities[i][label])
            .isCloseTo(prediction.probabilities()[label], within(1e-5f));
      }
      assertThat(classes[i]).isEqualTo(prediction.label());
      assertThat(agreement[i]).isEqualTo((float) prediction.agreement());
    }
  }

  private static List<Picture> pictures(LabelledImages images) {
    int size = images.shape().size();
    return IntStream.range(0, images.size())
        .<Picture>mapToObj(
            i -> new Picture.Pixels(Arrays.copyOfRange(images.pixels(), i * size, (i + 1) * size)))
        .toList();
  }

  @Test
  void theModelSaysWhatItIs() throws Exception {
    byte[] model = OnnxModel.of(saved, saved.manifest(), 1, OnnxInput.FLOAT32);
    try (OnnxSession session = new OnnxSession(model)) {
      OnnxModelMetadata metadata = session.session().getMetadata();
      assertThat(metadata.getProducerName()).isEqualTo("Model Zoo on Spark");
      assertThat(metadata.getCustomMetadata())
          .containsEntry("zoo", "small")
          .containsEntry("task", "family-1-task-2")
          .containsEntry("classes", "[\"cat\",\"dog\"]")
          .containsEntry("members", "[\"round-001-member-00\"]")
          .containsEntry("input", "float32");
      assertThat(session.session().getInputInfo().get("images").getInfo().toString())
          .contains("FLOAT", "shape=[-1, 3, 8, 8]");
      assertThat(session.session().getOutputNames())
          .containsExactlyInAnyOrder("probabilities", "class", "agreement");
    }
  }

  @Test
  void anotherShapeIsRefusedByTheRuntime() throws Exception {
    byte[] model = OnnxModel.of(saved, saved.manifest(), 0, OnnxInput.UINT8);
    try (OnnxSession session = new OnnxSession(model)) {
      assertThatThrownBy(() -> session.run(new byte[7 * 8 * 3], new long[] {1, 7, 8, 3}, "class"))
          .isInstanceOf(OrtException.class)
          .hasMessageContaining("Expected: 8");
    }
  }

  /** What a runtime that is older than the model says. */
  @Test
  void aRuntimeThatLacksTheOpsetSaysSo() throws Exception {
    ModelProto model =
        ModelProto.parseFrom(OnnxModel.of(saved, saved.manifest(), 0, OnnxInput.UINT8));
    byte[] newer =
        model.toBuilder()
            .setOpsetImport(0, OperatorSetIdProto.newBuilder().setDomain("").setVersion(999))
            .build()
            .toByteArray();
    assertThatThrownBy(() -> new OnnxSession(newer).close())
        .isInstanceOf(OrtException.class)
        .hasMessageContaining("opset");
  }

  @Test
  void aTaskWithoutAMemberHasNothingToExport() {
    assertThatThrownBy(() -> OnnxModel.of(saved, saved.manifest(), 2, OnnxInput.UINT8))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining("no member was trained on task \"family-1-task-3\"");
  }
}
