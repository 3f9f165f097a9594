package org.modelzoo.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.store.RunFiles;
import org.modelzoo.zoo.SavedZoo;
import org.modelzoo.zoo.ZooManifest;

/**
 * Writes a task's ensemble to any Hadoop file system, each file at once; files that are there are
 * replaced. Runs on the driver.
 */
public final class OnnxExport {
  private final SavedZoo zoo;
  private final ZooManifest manifest;
  private final int task;
  private final OnnxInput input;
  private final Configuration hadoop;

  /**
   * What to write.
   *
   * @param manifest the zoo's, or some members of it
   * @param task its id
   */
  public OnnxExport(
      SavedZoo zoo, ZooManifest manifest, int task, OnnxInput input, Configuration hadoop) {
    this.zoo = zoo;
    this.manifest = manifest;
    this.task = task;
    this.input = input;
    this.hadoop = hadoop;
  }

  /**
   * Writes the graph.
   *
   * @param file URI
   * @throws ModelZooException (data) if no member was trained on the task, a model is damaged, or
   *     the members are larger than an ONNX file can be; (cluster) if it can't be written
   */
  public void write(String file) {
    write(new Path(file), OnnxModel.of(zoo, manifest, task, input));
  }

  /**
   * Adds the graph, as a version 1, to a model repository of NVIDIA's Triton Inference Server.
   *
   * @param repository URI of its directory
   * @return the model's name there
   * @throws ModelZooException as {@link #write}
   */
  public String writeTriton(String repository) {
    TritonModel model = new TritonModel(manifest, task, input);
    Path directory = new Path(repository, model.name());
    write(new Path(directory, "1/model.onnx"), OnnxModel.of(zoo, manifest, task, input));
    write(new Path(directory, TritonModel.LABELS), model.labels().getBytes(UTF_8));
    write(new Path(directory, "config.pbtxt"), model.configuration().getBytes(UTF_8));
    return model.name();
  }

  private void write(Path file, byte[] content) {
    try {
      RunFiles files = RunFiles.on(file, hadoop);
      files.createDirectory(file.getParent());
      files.write(file, out -> out.write(content));
    } catch (IOException e) {
      throw new ModelZooException(
          ErrorKind.CLUSTER,
          "can't write %s: %s; check that it names a file, and that there is room and you may write"
              .formatted(file, e.getMessage()),
          e);
    }
  }
}
