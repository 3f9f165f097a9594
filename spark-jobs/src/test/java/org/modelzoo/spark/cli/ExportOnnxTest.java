package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import onnx.Onnx.ModelProto;
import onnx.Onnx.StringStringEntryProto;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.spark.TinyExperiment;

/** What the graphs compute is tested where they are made, in ONNX Runtime. */
@ExtendWith(LocalMaster.class)
class ExportOnnxTest {
  private static final String TASK = "family-1-task-2";

  @TempDir private static Path directory;

  @BeforeAll
  static void train() {
    assertThat(Console.run(TinyExperiment.arguments("train", directory)).exitCode()).isZero();
  }

  @Test
  void aTaskIsAFile() throws IOException {
    Path file = directory.resolve("deep/task.onnx");
    Console console = export(file, "--task", TASK);
    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.out())
        .containsPattern("graph +" + file)
        .containsPattern("task +" + TASK + ": [1-8] member");
    assertThat(facts(file)).containsEntry("task", TASK).containsEntry("input", "uint8");
    assertThat(file.getParent()).isDirectoryContaining("glob:**task.onnx");
    byte[] once = Files.readAllBytes(file);
    assertThat(export(file, "--task", TASK).exitCode()).isZero();
    assertThat(Files.readAllBytes(file)).as("the same again").isEqualTo(once);
  }

  @Test
  void aMemberAloneAndACompactedZooAreSmaller() throws IOException {
    Path file = directory.resolve("member.onnx");
    String member = "round-000-member-00";
    Console whole = export(file, "--task", TASK, "--input", "float32");
    assertThat(whole.exitCode()).as(whole.err()).isZero();
    int members = members(file).size();
    Console compacted = export(file, "--task", TASK, "--compact", "--most-members", "4");
    assertThat(compacted.exitCode()).as(compacted.err()).isZero();
    assertThat(members(file)).hasSizeLessThanOrEqualTo(Math.min(4, members));

    String itsTask = taskOf(member);
    Console alone = export(file, "--task", itsTask, "--member", member);
    assertThat(alone.exitCode()).as(alone.err()).isZero();
    assertThat(alone.out()).contains(": 1 member");
    assertThat(members(file)).containsExactly(member);
  }

  @Test
  void aModelRepositoryOfTriton() throws IOException {
    Path repository = directory.resolve("models");
    Console console = export(repository, "--task", TASK, "--layout", "triton");
    assertThat(console.exitCode()).as(console.err()).isZero();
    Path model = repository.resolve("tiny_" + TASK);
    assertThat(console.out()).contains(model.toString());
    assertThat(facts(model.resolve("1/model.onnx"))).containsEntry("task", TASK);
    assertThat(model.resolve("labels.txt")).content().hasLineCount(2);
    assertThat(model.resolve("config.pbtxt"))
        .content()
        .contains("name: \"tiny_" + TASK + "\"", "backend: \"onnxruntime\"")
        .contains("name: \"images\", data_type: TYPE_UINT8, dims: [22, 22, 1]")
        .contains("name: \"probabilities\", data_type: TYPE_FP32, dims: [ 2 ]");
  }

  @Test
  void whatCannotBeExportedIsRefused() {
    assertRefused("--format onnx exports one task; name it with --task");
    assertRefused("did you mean \"family-1-task-2\"?", "--task", "family-1-task-22");
    assertRefused(
        "has no member \"round-000-member-90\"; did you mean \"round-000-member-00\"?",
        "--task",
        TASK,
        "--member",
        "round-000-member-90");
    assertRefused("uint16", "--task", TASK, "--input", "uint16");
    Console archive =
        Console.run(
            new String[] {"export", "--zoo", zoo(), "--output", directory.resolve("no").toString()},
            "--task",
            "x");
    assertThat(archive.exitCode()).isEqualTo(2);
    assertThat(archive.err()).contains("need --format onnx");
    assertThat(directory.resolve("no")).doesNotExist();
  }

  private static void assertRefused(String message, String... options) {
    Path file = directory.resolve("no");
    Console console = export(file, options);
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains(message).doesNotContain("\tat ");
    assertThat(file).doesNotExist();
  }

  private static String zoo() {
    return directory.resolve("tiny").toString();
  }

  private static Console export(Path output, String... options) {
    List<String> words =
        new ArrayList<>(
            List.of("export", "--zoo", zoo(), "--output", output.toString(), "--format", "onnx"));
    words.addAll(List.of(options));
    return Console.run(words.toArray(String[]::new));
  }

  private static Map<String, String> facts(Path file) throws IOException {
    return ModelProto.parseFrom(Files.readAllBytes(file)).getMetadataPropsList().stream()
        .collect(
            Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue));
  }

  private static List<String> members(Path file) throws IOException {
    String list = facts(file).get("members");
    return List.of(list.substring(2, list.length() - 2).split("\",\"", -1));
  }

  /** The first task that the run says a member was trained on. */
  private static String taskOf(String member) throws IOException {
    String outcome =
        Files.readString(directory.resolve("tiny/members/" + member + "/outcome.json"));
    int task =
        Integer.parseInt(outcome.replaceAll("(?s).*\"tasks\"\\s*:\\s*\\[\\s*(\\d+).*", "$1"));
    return "family-1-task-" + (task + 1);
  }
}
