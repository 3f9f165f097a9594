package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkCardCommandTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @TempDir private Path checkout;

  /** All but the look at the card. */
  @Tag("full")
  @Test
  void everyStepRunsOnAProcessor() throws IOException {
    program(
        "shift; [ $1 != --master ] || shift 2",
        "exec '%s/bin/java' -Dspark.master='local[2]' -Dspark.ui.enabled=false %s -cp '%s' %s train \"$@\""
            .formatted(
                System.getProperty("java.home"),
                JavaModuleOptions.defaultModuleOptions(),
                System.getProperty("java.class.path"),
                ModelZoo.class.getName()));
    Files.createDirectories(checkout.resolve("conf"));
    Files.copy(ROOT.resolve("conf/quickstart.conf"), checkout.resolve("conf/quickstart.conf"));
    Path json = checkout.resolve("steps.jsonl");
    Console console =
        Console.run(
            command("--device", "cpu", "--json", json.toString()),
            "--network",
            "wrn-10-1",
            "--batch",
            "4",
            "--seconds",
            "1",
            "--members",
            "1,2",
            "--precision",
            "float32",
            "--set",
            "training.epochs=4",
            "--set",
            "data.set.source.tasks-per-family=2");
    assertThat(console.exitCode()).as(console.err()).isZero();
    Map<String, JsonNode> steps = new HashMap<>();
    for (String line : Files.readAllLines(json)) {
      JsonNode step = new ObjectMapper().readTree(line);
      steps.put(step.path("step").asText(), step);
    }
    assertThat(status(steps, "preflight")).isEqualTo("skipped");
    assertThat(status(steps, "parity, float32")).isEqualTo("passed");
    assertThat(steps.get("parity, float32").path("result").path("losses")).hasSize(50);
    assertThat(status(steps, "2 at once, float32")).isEqualTo("measured");
    assertThat(status(steps, "2 at once, PyTorch's best")).isEqualTo("skipped");
    assertThat(status(steps, "quick start, float32")).isEqualTo("passed");
    assertThat(status(steps, "quick start, killed and continued, float32")).isEqualTo("passed");
    assertThat(console.out()).contains("parity, float32", "images/s", "no --python");
  }

  @Test
  void withoutACardNothingIsClaimed() throws IOException {
    program("exit 1");
    Console console = Console.run(command("--device", "cuda:4711", "--members", "1"));
    assertThat(console.exitCode()).isEqualTo(4);
    assertThat(console.out())
        .contains("nvidia-smi")
        .contains("the look at the card failed")
        .doesNotContain("passed")
        .doesNotContain("measured");
  }

  @Test
  void aCheckoutHasTheProgram() {
    Console console = Console.run(command("--device", "cpu"));
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains("no deploy/modelzoo", checkout.toString());
  }

  private void program(String... lines) throws IOException {
    Path program = checkout.resolve("deploy/modelzoo");
    Files.createDirectories(program.getParent());
    Files.writeString(program, "#!/bin/bash\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  private String[] command(String... more) {
    String[] command = {"benchmark", "card", "--checkout", checkout.toString()};
    String[] all = Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return all;
  }

  private static String status(Map<String, JsonNode> steps, String name) {
    return steps.get(name).path("status").asText().toLowerCase(Locale.ROOT);
  }
}
