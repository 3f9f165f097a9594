package org.modelzoo.spark.cli;

import java.io.PrintWriter;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.base.NearestName;
import org.modelzoo.onnx.OnnxExport;
import org.modelzoo.onnx.OnnxInput;
import org.modelzoo.report.page.Formats;
import org.modelzoo.zoo.SavedZoo;
import org.modelzoo.zoo.ZooManifest;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What {@code export} writes, and the options that only ONNX has. */
final class OnnxOptions {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "archive",
      description =
          "archive (default), or onnx: the ensemble of a task as one ONNX graph, for other programs.")
  private Format format;

  @Option(names = "--task", paramLabel = "NAME", description = "onnx: the task.")
  private String task;

  @Option(
      names = "--member",
      paramLabel = "ID",
      description = "onnx: this member alone, such as round-003-member-00.")
  private String member;

  @Option(
      names = "--input",
      paramLabel = "TYPE",
      description =
          "onnx: uint8 (default), bytes [n, height, width, channels]; or float32, from 0 to 1,"
              + " [n, channels, height, width].")
  private OnnxInput input;

  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      description =
          "onnx: file (default), or triton: --output is a model repository of NVIDIA's Triton.")
  private Layout layout;

  private enum Format {
    ARCHIVE,
    ONNX
  }

  private enum Layout {
    FILE,
    TRITON
  }

  boolean isOnnx() {
    return format == Format.ONNX;
  }

  /** Refuses options that have no meaning together. */
  void check(CommandLine command) {
    if (isOnnx() && task == null) {
      throw new ParameterException(command, "--format onnx exports one task; name it with --task");
    }
    if (!isOnnx() && (task != null || member != null || input != null || layout != null)) {
      throw new ParameterException(
          command, "--task, --member, --input and --layout need --format onnx");
    }
  }

  /**
   * Whether the zoo has what was chosen.
   *
   * @throws ModelZooException (configuration) naming what comes nearest if it hasn't
   */
  void check(ZooManifest manifest) {
    if (isOnnx()) {
      chosen(manifest).task(task);
    }
  }

  /** The manifest with the chosen member alone, where one was chosen. */
  private ZooManifest chosen(ZooManifest manifest) {
    if (member == null) {
      return manifest;
    }
    ZooManifest alone = manifest.with(it -> it.id().equals(member));
    if (alone.members().isEmpty()) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "zoo %s has no member \"%s\"%s"
              .formatted(
                  manifest.name(),
                  member,
                  NearestName.among(
                          manifest.members().stream().map(ZooManifest.Member::id).toList(), member)
                      .map("; did you mean \"%s\"?"::formatted)
                      .orElse("")));
    }
    return alone;
  }

  /**
   * Writes the graph and says so.
   *
   * @param target URI of the file or the model repository
   * @param shown the same as it was given
   */
  void write(
      SavedZoo zoo,
      ZooManifest manifest,
      String target,
      String shown,
      Configuration hadoop,
      PrintWriter out) {
    ZooManifest chosen = chosen(manifest);
    int id = chosen.task(task);
    OnnxExport export =
        new OnnxExport(zoo, chosen, id, input == null ? OnnxInput.UINT8 : input, hadoop);
    if (layout == Layout.TRITON) {
      out.printf("%-10s %s/%s%n", "model", shown, export.writeTriton(target));
    } else {
      export.write(target);
      out.printf("%-10s %s%n", "graph", shown);
    }
    out.printf(
        "%-10s %s: %s%n", "task", task, Formats.counted(chosen.membersOf(id).size(), "member"));
    out.flush();
  }
}
