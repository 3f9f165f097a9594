package org.modelzoo.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto.DataType;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.network.ModelFile;
import org.modelzoo.network.NetworkSpec;
import org.modelzoo.network.Networks;
import org.modelzoo.store.Json;
import org.modelzoo.zoo.SavedZoo;
import org.modelzoo.zoo.ZooManifest;

/**
 * The ensemble of a task as one ONNX graph: normalisation, the members, the weighted mean of their
 * softmax outputs. {@code images} come in, see {@link OnnxInput}; out come {@code probabilities}
 * [n, classes] float32, {@code class} [n] int64, the likeliest label, and {@code agreement} [n]
 * float32, the share of the members that find it likeliest by themselves, as in {@link
 * org.modelzoo.zoo.Prediction}.
 */
final class OnnxModel {
  /** Of opset 13, from January 2021; ONNX Runtime reads it since 1.7. */
  static final long OPSET = 13;

  private static final long FORMAT = 7;

  /** What a protocol buffer can hold, less the graph. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - (64L << 20);

  private OnnxModel() {}

  /**
   * The model as bytes. Runs on the driver.
   *
   * @param manifest the zoo's, or some members of it
   * @param task its id
   * @throws ModelZooException (data) if no member was trained on the task, a model is damaged, or
   *     the members are larger than an ONNX file can be
   */
  static byte[] of(SavedZoo zoo, ZooManifest manifest, int task, OnnxInput input) {
    List<ZooManifest.Member> members = manifest.membersOf(task);
    check(manifest, task, members);
    OnnxGraph graph = new OnnxGraph();
    String images = input.addTo(graph, manifest.image(), manifest.normalisation());
    List<String> outputs = new ArrayList<>();
    zoo.models(
        manifest.with(member -> member.head(task).isPresent()),
        (member, shown, model) -> {
          NetworkSpec spec = manifest.network(member);
          float[] parameters = ModelFile.read(new ByteArrayInputStream(model), shown, spec);
          requireFinite(parameters, shown);
          int head = member.head(task).orElseThrow();
          outputs.add(
              new OnnxMember(graph, member.id(), spec, parameters, head).probabilities(images));
        });
    addEnsemble(graph, outputs, members.stream().mapToDouble(it -> it.weight(task)).toArray());
    int classes = manifest.tasks().get(task).classes().size();
    graph.output("probabilities", DataType.FLOAT_VALUE, classes);
    graph.output("class", DataType.INT64_VALUE);
    graph.output("agreement", DataType.FLOAT_VALUE);
    return model(graph, manifest, task, input).toByteArray();
  }

  private static void check(ZooManifest manifest, int task, List<ZooManifest.Member> members) {
    String name = manifest.tasks().get(task).name();
    if (members.isEmpty()) {
      throw new ModelZooException(
          ErrorKind.DATA,
          "no member was trained on task \"%s\", so there is nothing to export; choose another task"
              .formatted(name));
    }
    long bytes =
        members.stream()
            .mapToLong(it -> Float.BYTES * Networks.parameterCount(manifest.network(it)))
            .sum();
    if (bytes > MOST_BYTES) {
      throw new ModelZooException(
          ErrorKind.DATA,
          "the %d members of task \"%s\" have %,d MB of parameters, and an ONNX file at most %,d; leave some out with --compact --most-megabytes"
              .formatted(members.size(), name, bytes >> 20, MOST_BYTES >> 20));
    }
  }

  private static void requireFinite(float[] parameters, String shown) {
    if (!Networks.areFinite(parameters)) {
      throw new ModelZooException(
          ErrorKind.DATA,
          "%s has parameters that are not finite; train the member or export the zoo again"
              .formatted(shown));
    }
  }

  private static void addEnsemble(OnnxGraph graph, List<String> outputs, double[] weights) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    List<String> shares = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      String factor = graph.scalar("weight_" + i, weights[i] / total);
      shares.add(graph.node("Mul", "share_" + i, List.of(outputs.get(i), factor)));
    }
    graph.node("Sum", "probabilities", shares);
    likeliest(graph, "probabilities", "class");
    List<String> same = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      String own = likeliest(graph, outputs.get(i), "class_" + i);
      String equal = graph.node("Equal", "is_same_" + i, List.of(own, "class"));
      same.add(
          graph.node(
              "Cast", "same_" + i, List.of(equal), OnnxGraph.integer("to", DataType.FLOAT_VALUE)));
    }
    graph.node("Mean", "agreement", same);
  }

  /** Of equally likely classes the first. */
  private static String likeliest(OnnxGraph graph, String probabilities, String name) {
    return graph.node(
        "ArgMax",
        name,
        List.of(probabilities),
        OnnxGraph.integer("axis", 1),
        OnnxGraph.integer("keepdims", 0));
  }

  private static ModelProto model(
      OnnxGraph graph, ZooManifest manifest, int task, OnnxInput input) {
    ZooManifest.Task known = manifest.tasks().get(task);
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(FORMAT)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .setProducerName("Model Zoo on Spark")
            .setProducerVersion(manifest.softwareVersion())
            .setGraph(graph.build(manifest.name() + "/" + known.name()));
    Map<String, Object> facts = new TreeMap<>();
    facts.put("zoo", manifest.name());
    facts.put("task", known.name());
    facts.put("classes", known.classes());
    facts.put("members", manifest.membersOf(task).stream().map(ZooManifest.Member::id).toList());
    facts.put("input", input.word());
    facts.put("image", manifest.image().toString());
    facts.forEach((key, value) -> model.addMetadataProps(entry(key, value)));
    return model.build();
  }

  private static StringStringEntryProto entry(String key, Object value) {
    return StringStringEntryProto.newBuilder()
        .setKey(key)
        .setValue(
            value instanceof String text ? text : new String(Json.writeLine(value), UTF_8).strip())
        .build();
  }
}
