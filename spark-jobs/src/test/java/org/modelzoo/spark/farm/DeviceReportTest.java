package org.modelzoo.spark.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.network.CardRequirements;

/** With a made-up nvidia-smi and the CPU backend. */
class DeviceReportTest {
  private static final String T4 = "0, GPU-a, Tesla T4, 7.5, 15360, 580.65.06";
  private static final String A100 = "1, GPU-b, NVIDIA A100-SXM4-40GB, 8.0, 40960, 580.65.06";
  private static final String H100 = "2, GPU-c, NVIDIA H100 PCIe, 9.0, 81559, 580.65.06";

  /** A library that lacks nothing here. */
  private static final CardRequirements EVERYWHERE =
      new CardRequirements(
          "a library",
          List.of("7.5"),
          "T4",
          "nothing else",
          510,
          "java/lang/Object.class",
          "",
          List.of(),
          "");

  @TempDir private Path directory;

  @Test
  void namesBackendAndTheCardsOfTheExecutor() throws IOException {
    DeviceReport report = DeviceReport.here(List.of("0", "GPU-b"), printing(T4, A100, H100));

    assertThat(report.description())
        .contains("libtorch")
        .endsWith(
            "; card 0: Tesla T4, compute capability 7.5, 15360 MB; card 1: NVIDIA A100-SXM4-40GB, compute capability 8.0, 40960 MB");
    assertThat(report.problem())
        .get()
        .asString()
        .contains(
            "libtorch 2.10.0 for NVIDIA cards isn't on the class path",
            "spark-jobs/target/gpu",
            "-Pgpu");
  }

  @Test
  void aCardWithoutCodeIsTheProblemToNameFirst() throws IOException {
    assertThat(
            DeviceReport.here(
                    List.of("2"), printing(T4, H100), CardRequirements.ofNd4j(), () -> "it")
                .problem())
        .get()
        .asString()
        .startsWith("card 2: NVIDIA H100 PCIe, compute capability 9.0, 81559 MB can't be used")
        .contains("3.7 to 8.9", "T4", "cluster.gpus-per-member = 0");
  }

  @ParameterizedTest
  @CsvSource({
    "'0, GPU-a, Tesla V100, 7.0, 16384, 580.65.06', 'libtorch 2.10.0 has code for compute capability 7.5', '-Pcuda'",
    "'0, GPU-a, Tesla T4, 7.5, 15360, 550.54.15', 'its driver is 550.54.15, and libtorch 2.10.0 needs the series 580', '-Dlibtorch=2.7.1'",
    "'0, GPU-a, NVIDIA H100 PCIe, 9.0, 81559, 580.65.06', 'libtorch 2.10.0 for NVIDIA cards is', '-Pgpu'",
  })
  void anotherLibraryHasOtherNeeds(String card, String problem, String step) throws IOException {
    DeviceReport report =
        DeviceReport.here(
            List.of("0"), printing(card), CardRequirements.ofLibtorch(), () -> "libtorch here");

    assertThat(report.problem()).get().asString().contains(problem, step);
    assertThat(report.description()).startsWith("libtorch here; card 0: ");
  }

  @Test
  void aLibraryThatCanNotBeLoadedSaysWhy() throws IOException {
    DeviceReport report =
        DeviceReport.here(
            List.of("0"),
            printing(T4),
            EVERYWHERE,
            () -> {
              throw new IllegalStateException("outside", new UnsatisfiedLinkError("libx: no y"));
            });

    assertThat(report.problem())
        .get()
        .asString()
        .startsWith("the native library can't be loaded: ")
        .contains("libx: no y", "cluster.gpus-per-member = 0");
    assertThat(report.backend()).contains("libx: no y");
  }

  @Test
  void whereNothingIsMissingNothingIsTheProblem() throws IOException {
    assertThat(DeviceReport.here(List.of("0"), printing(T4), EVERYWHERE, () -> "it").problem())
        .isEmpty();
  }

  @Test
  void addressesThatNoCardHasStandForAllOfThem() throws IOException {
    assertThat(DeviceReport.here(List.of("MIG-x"), printing(T4, A100)).cards()).hasSize(2);
  }

  @Test
  void noCardsAreAProblem() throws IOException {
    assertThat(DeviceReport.here(List.of("0"), printing()).problem())
        .get()
        .asString()
        .contains("nvidia-smi lists none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "echo 'No devices were found'; exit 6 | ends with 6: No devices were found",
        "echo 'Field \"compute_cap\" is not a valid field to query.'; exit 2 | ends with 2: Field",
        "echo '0, GPU-a, Tesla T4, [N/A], 15360, 580.65.06' | prints \"0, GPU-a, Tesla T4, [N/A], 15360, 580.65.06\"",
      })
  void whatTheCommandCanNotTellIsAProblem(String script, String message) throws IOException {
    assertThat(DeviceReport.here(List.of("0"), command(script)).problem())
        .get()
        .asString()
        .contains("nothing is known of them", message, "driver 580");
  }

  @Test
  void aMissingCommandIsAProblem() {
    NvidiaSmi missing = new NvidiaSmi(directory.resolve("none").toString());

    assertThat(DeviceReport.here(List.of("0"), missing).problem())
        .get()
        .asString()
        .contains("nothing is known of them", "on the executors' PATH");
  }

  private NvidiaSmi printing(String... lines) throws IOException {
    StringBuilder script = new StringBuilder();
    for (String line : lines) {
      script.append("echo '").append(line).append("'\n");
    }
    return command(script.toString());
  }

  private NvidiaSmi command(String script) throws IOException {
    Path command = Files.createTempFile(directory, "nvidia-smi", "");
    Files.writeString(command, "#!/bin/sh\n" + script + "\n");
    assertThat(command.toFile().setExecutable(true)).isTrue();
    return new NvidiaSmi(command.toString());
  }
}
