package org.modelzoo.spark.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The discovery script, with a made-up nvidia-smi. */
class GpuDiscoveryTest {
  private static final List<String> TOOLS = List.of("bash", "timeout", "head", "grep", "cat");
  private static final String TWO_CARDS =
      """
      GPU 0: Tesla T4 (UUID: GPU-11111111-aaaa)
      GPU 1: NVIDIA A10 (24 GB) (UUID: GPU-22222222-bbbb)
      """;
  private static final String MIG =
      """
      GPU 0: NVIDIA A100-SXM4-40GB (UUID: GPU-11111111-aaaa)
        MIG 3g.20gb     Device  0: (UUID: MIG-33333333-cccc)
        MIG 3g.20gb     Device  1: (UUID: MIG-GPU-11111111-aaaa/2/0)
      GPU 1: NVIDIA A100-SXM4-40GB (UUID: GPU-22222222-bbbb)
      """;

  @TempDir private Path directory;

  /** A PATH that holds what the script needs and no nvidia-smi of this machine. */
  @BeforeEach
  void linkTools() throws IOException {
    for (String tool : TOOLS) {
      Path found =
          Stream.of("/usr/bin", "/bin")
              .map(place -> Path.of(place, tool))
              .filter(Files::exists)
              .findFirst()
              .orElseThrow();
      Files.createSymbolicLink(directory.resolve(tool), found);
    }
  }

  @Test
  void listsAllCardsAsSparkReadsThem() throws Exception {
    nvidiaSmi(TWO_CARDS, "");
    DeployProgram.Result found = discover(Map.of());
    assertThat(found.exitCode()).as(found.err()).isZero();
    assertThat(found.out()).isEqualTo("{\"name\":\"gpu\",\"addresses\":[\"0\",\"1\"]}\n");
    ResourceInformation read = ResourceInformation.parseJson(found.out());
    assertThat(read.name()).isEqualTo("gpu");
    assertThat(read.addresses()).containsExactly("0", "1");
  }

  @Test
  void listsInstancesOfACardInMigMode() throws Exception {
    nvidiaSmi(MIG, "0, Enabled\n1, Disabled\n");
    assertThat(addresses(Map.of()))
        .containsExactly("MIG-33333333-cccc", "MIG-GPU-11111111-aaaa/2/0", "1");
  }

  @Test
  void leavesOutACardInMigModeWithoutInstances() throws Exception {
    nvidiaSmi(TWO_CARDS, "0, Enabled\n1, [N/A]\n");
    DeployProgram.Result found = discover(Map.of());
    assertThat(ResourceInformation.parseJson(found.out()).addresses()).containsExactly("1");
    assertThat(found.err()).contains("card 0 is in MIG mode and has no instances");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1                    | 1",
        "1, 0                 | 1 0",
        "0,0                  | 0",
        "GPU-2222             | 1",
        "GPU-11111111-aaaa,1  | 0 1",
        "0,-1,1               | 0",
      })
  void restrictsCards(String visible, String expected) throws Exception {
    nvidiaSmi(TWO_CARDS, "");
    assertThat(addresses(Map.of("CUDA_VISIBLE_DEVICES", visible)))
        .containsExactly(expected.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MIG-3333   | MIG-33333333-cccc",
        "0          | MIG-33333333-cccc MIG-GPU-11111111-aaaa/2/0",
        "1,MIG-GPU- | 1 MIG-GPU-11111111-aaaa/2/0",
      })
  void restrictsInstances(String visible, String expected) throws Exception {
    nvidiaSmi(MIG, "0, Enabled\n1, Disabled\n");
    assertThat(addresses(Map.of("CUDA_VISIBLE_DEVICES", visible)))
        .containsExactly(expected.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''         | leaves no card",
        "-1         | leaves no card",
        "NoDevFiles | leaves no card",
        "7          | names '7', which nvidia-smi -L doesn't list",
        "GPU-9      | names 'GPU-9', which nvidia-smi -L doesn't list",
      })
  void failsWhereNoCardIsLeft(String visible, String message) throws Exception {
    nvidiaSmi(TWO_CARDS, "");
    assertFails(Map.of("CUDA_VISIBLE_DEVICES", visible), message);
  }

  @Test
  void failsWithoutCards() throws Exception {
    nvidiaSmi("No devices found.\n", "");
    assertFails(Map.of(), "nvidia-smi lists no card that can be used");
  }

  @Test
  void failsWithoutNvidiaSmi() throws Exception {
    assertFails(Map.of(), "there is no nvidia-smi on the PATH");
  }

  @Test
  void failsWithNvidiaSmi() throws Exception {
    DeployProgram.write(
        directory.resolve("nvidia-smi"),
        "#!/bin/sh",
        "echo \"NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.\"",
        "exit 9");
    assertFails(Map.of(), "nvidia-smi failed: NVIDIA-SMI has failed because it couldn't");
  }

  private void assertFails(Map<String, String> environment, String message) throws Exception {
    DeployProgram.Result failed = discover(environment);
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err()).startsWith("discover-gpus: ").contains(message);
  }

  private String[] addresses(Map<String, String> environment) throws Exception {
    DeployProgram.Result found = discover(environment);
    assertThat(found.exitCode()).as(found.err()).isZero();
    return ResourceInformation.parseJson(found.out()).addresses();
  }

  private DeployProgram.Result discover(Map<String, String> environment) throws Exception {
    Map<String, String> all = new HashMap<>(environment);
    all.put("PATH", directory.toString());
    return new DeployProgram(directory, all).run("gpu/discover-gpus");
  }

  /**
   * One that lists cards; it knows their MIG modes, or refuses to be asked where they are empty.
   */
  private void nvidiaSmi(String list, String modes) throws IOException {
    Files.writeString(directory.resolve("list"), list);
    Files.writeString(directory.resolve("modes"), modes);
    DeployProgram.write(
        directory.resolve("nvidia-smi"),
        "#!/bin/sh",
        "cd '" + directory + "'",
        "if [ \"$1\" = -L ]; then cat list; exit; fi",
        "[ -s modes ] || exit 2",
        "cat modes");
  }
}
