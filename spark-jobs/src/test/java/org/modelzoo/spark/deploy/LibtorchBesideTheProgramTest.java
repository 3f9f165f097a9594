package org.modelzoo.spark.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What deploy/modelzoo does with the jars of the profiles torch and gpu, in a made-up build. */
class LibtorchBesideTheProgramTest {
  @TempDir private Path directory;
  private Path modelzoo;
  private Path target;
  private Path tools;
  private Path spark;

  @BeforeEach
  void build() throws IOException {
    modelzoo = directory.resolve("deploy/modelzoo");
    Files.createDirectories(modelzoo.getParent());
    Files.copy(DeployProgram.DEPLOY.resolve("modelzoo"), modelzoo);
    target = Files.createDirectories(directory.resolve("spark-jobs/target"));
    Files.createFile(target.resolve("modelzoo-app.jar"));
    tools = Files.createDirectories(directory.resolve("tools"));
    for (String tool : List.of("bash", "env", "dirname", "readlink")) {
      Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
    }
    spark = directory.resolve("spark");
    DeployProgram.write(spark.resolve("bin/spark-submit"), "#!/bin/sh", "printf '%s|' \"$@\"");
    DeployProgram.write(spark.resolve("bin/java"), "#!/bin/sh", "printf '%s|' \"$@\"");
  }

  @Test
  void withoutTheProfilesTheClassPathIsSparks() throws Exception {
    assertThat(run("train")).doesNotContain("--driver-class-path");
  }

  @Test
  void theDriverOfALocalRunFindsIt() throws Exception {
    beside("torch");
    assertThat(run("train"))
        .contains("|--driver-class-path|" + target + "/torch/*|")
        .endsWith("modelzoo-app.jar|train|");
    assertThat(run("train", "--driver-class-path", "/mine.jar", "--master=local[2]"))
        .contains("|--driver-class-path|" + target + "/torch/*:/mine.jar|");
  }

  @Test
  void otherMachinesAreNotSentItUnasked() throws Exception {
    beside("gpu");
    assertThat(run("train", "--master", "spark://head:7077")).doesNotContain("/gpu/");
  }

  @Test
  void commandsWithoutSparkFindItToo() throws Exception {
    beside("torch");
    assertThat(run("benchmark")).contains(":" + target + "/torch/*|");
  }

  @Test
  void ofBothTheOneForCardsServesMachinesWithADriver() throws Exception {
    beside("gpu");
    assertThat(run("train")).contains("/gpu/*|");
    beside("torch");
    assertThat(run("train")).contains("/torch/*|").doesNotContain("/gpu/");
    DeployProgram.write(tools.resolve("nvidia-smi"), "#!/bin/sh");
    assertThat(run("train")).contains("/gpu/*|").doesNotContain("/torch/");
  }

  private void beside(String build) throws IOException {
    Files.createFile(Files.createDirectories(target.resolve(build)).resolve("pytorch.jar"));
  }

  /** The words that spark-submit, or Java, is given. */
  private String run(String... arguments) throws Exception {
    DeployProgram.Result result =
        new DeployProgram(
                directory,
                Map.of(
                    "PATH",
                    tools.toString(),
                    "SPARK_HOME",
                    spark.toString(),
                    "JAVA_HOME",
                    spark.toString()))
            .run(modelzoo.toString(), arguments);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.out();
  }
}
