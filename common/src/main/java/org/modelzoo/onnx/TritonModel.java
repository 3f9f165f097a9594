package org.modelzoo.onnx;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.modelzoo.zoo.ZooManifest;

/**
 * How NVIDIA's Triton Inference Server is told of a graph: its model configuration, and the names
 * of the classes.
 */
final class TritonModel {
  static final String LABELS = "labels.txt";

  private static final int MOST_IMAGES = 256;

  private final ZooManifest manifest;
  private final ZooManifest.Task task;
  private final OnnxInput input;

  TritonModel(ZooManifest manifest, int task, OnnxInput input) {
    this.manifest = manifest;
    this.task = manifest.tasks().get(task);
    this.input = input;
  }

  /** Also that of its directory: nothing but letters, digits, - and _. */
  String name() {
    return (manifest.name() + "_" + task.name()).replaceAll("[^A-Za-z0-9_-]", "_");
  }

  /** A class a line. */
  String labels() {
    return task.classes().stream()
        .map(name -> name.replaceAll("\\s+", " ") + "\n")
        .collect(Collectors.joining());
  }

  /** {@code config.pbtxt}. */
  String configuration() {
    return """
        name: "%s"
        backend: "onnxruntime"
        max_batch_size: %d
        input [
          { name: "%s", data_type: TYPE_%s, dims: %s }
        ]
        output [
          { name: "probabilities", data_type: TYPE_FP32, dims: [ %d ], label_filename: "%s" },
          { name: "class", data_type: TYPE_INT64, dims: [ 1 ], reshape: { shape: [ ] } },
          { name: "agreement", data_type: TYPE_FP32, dims: [ 1 ], reshape: { shape: [ ] } }
        ]
        dynamic_batching { }
        """
        .formatted(
            name(),
            MOST_IMAGES,
            OnnxInput.NAME,
            input == OnnxInput.UINT8 ? "UINT8" : "FP32",
            Arrays.toString(input.dimensions(manifest.image())),
            task.classes().size(),
            LABELS);
  }
}
