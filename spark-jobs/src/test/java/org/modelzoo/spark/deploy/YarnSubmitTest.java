package org.modelzoo.spark.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.spark.cli.ModelZoo;

/** The command that goes to YARN; {@code YarnClusterIT} gives it to one. */
class YarnSubmitTest {
  private static final Path CONF = DeployProgram.DEPLOY.resolveSibling("conf");

  @TempDir private Path directory;

  @Test
  void submitsADriverThatYarnStartsAgain() throws Exception {
    SubmitCommand command =
        submit("--num-executors", "2", "--", "train", "--set", "experiment.name=a b");
    assertThat(command.words().get(0)).isEqualTo("spark-submit");
    assertThat(command.option("--master")).containsExactly("yarn");
    assertThat(command.option("--deploy-mode")).containsExactly("cluster");
    assertThat(command.option("--class")).containsExactly(ModelZoo.class.getName());
    assertThat(command.option("--num-executors")).containsExactly("2");
    assertThat(command.conf("spark.yarn.maxAppAttempts")).containsExactly("4");
    assertThat(command.conf("spark.yarn.am.attemptFailuresValidityInterval")).containsExactly("1h");
    assertThat(command.conf("spark.executor.failuresValidityInterval")).containsExactly("1h");
    assertThat(command.application().subList(1, 4))
        .containsExactly("train", "--set", "experiment.name=a b");
  }

  @Test
  void asksForNoCardsUnlessToldTo() throws Exception {
    assertThat(submit("--", "train").words()).noneMatch(word -> word.contains("gpu"));
  }

  @Test
  void asksForCards() throws Exception {
    SubmitCommand command =
        submit("--gpus-per-executor", "2", "--gpus-per-member=0.5", "--", "train");
    assertThat(command.conf("spark.executor.resource.gpu.amount")).containsExactly("2");
    assertThat(command.conf("spark.task.resource.gpu.amount")).containsExactly("0.5");
    assertThat(command.conf("spark.executor.resource.gpu.discoveryScript"))
        .containsExactly("./discover-gpus");
    assertThat(command.conf("spark.executorEnv.CUDA_DEVICE_ORDER")).containsExactly("PCI_BUS_ID");
    assertThat(command.list("--files"))
        .containsExactly(DeployProgram.DEPLOY.resolve("gpu/discover-gpus").toString());
    assertThat(command.words())
        .as("Spark asks YARN for yarn.io/gpu itself and refuses the setting")
        .noneMatch(word -> word.contains("yarn.io/gpu"));
  }

  @Test
  void protectsWhatSparkSends() throws Exception {
    SecurityRules.assertTraffic(submit("--", "train").settings());
  }

  @Test
  void sendsConfigurationWithWhatItIncludes() throws Exception {
    Path own = Files.writeString(directory.resolve("own.conf"), "zoo.rounds = 2\n");
    SubmitCommand command =
        submit(
            "--files",
            "log4j2.properties",
            "--",
            "train",
            "--config",
            CONF.resolve("experiments/coarse-cifar100-minimal.conf").toString(),
            "--config=" + own);
    assertThat(command.application())
        .containsSequence("--config", "modelzoo-conf/experiments/coarse-cifar100-minimal.conf")
        .containsSequence("--config", "own.conf");
    assertThat(command.list("--archives"))
        .singleElement()
        .asString()
        .endsWith(".tar.gz#modelzoo-conf");
    assertThat(command.list("--files"))
        .containsExactly("log4j2.properties", own.toRealPath().toString());
  }

  @Test
  void sendsTheFilesOfSeveralWorks() throws Exception {
    Path own = Files.writeString(directory.resolve("own.conf"), "zoo.rounds = 2\n");
    SubmitCommand command =
        submit(
            "--",
            "together",
            own.toString(),
            "--set",
            "training.epochs=2",
            CONF.resolve("quickstart.conf").toString());
    assertThat(command.application())
        .endsWith(
            "together", "own.conf", "--set", "training.epochs=2", "modelzoo-conf/quickstart.conf");
    assertThat(command.list("--files")).containsExactly(own.toRealPath().toString());
  }

  @Test
  void sendsNothingWhereTheDriverRunsHere() throws Exception {
    SubmitCommand command =
        submit("--deploy-mode", "client", "--", "train", "--config", "here.conf", "--fresh");
    assertThat(command.option("--deploy-mode")).containsExactly("client");
    assertThat(command.application()).contains("here.conf", "--fresh");
    assertThat(command.words()).doesNotContain("--files", "--archives");
    assertThat(command.conf("spark.yarn.maxAppAttempts")).isEmpty();
  }

  @Test
  void handsTheArchiveToSparkAndRemovesIt() throws Exception {
    Path home = directory.resolve("spark");
    DeployProgram.write(
        home.resolve("bin/spark-submit"),
        "#!/bin/bash",
        "while [ \"$1\" != --archives ]; do shift; done",
        "tar -tzf \"${2%#*}\"",
        "stat -c 'mode of the directory: %a' \"$(dirname \"$2\")\"",
        "exit 7");
    Path temporary = Files.createDirectory(directory.resolve("temporary"));
    Path jar = Files.createFile(directory.resolve("app.jar"));
    DeployProgram.Result result =
        new DeployProgram(
                directory,
                Map.of(
                    "SPARK_HOME", home.toString(),
                    "HADOOP_CONF_DIR", directory.toString(),
                    "TMPDIR", temporary.toString()))
            .run(
                "yarn/submit",
                "--jar",
                jar.toString(),
                "--",
                "train",
                "--config",
                CONF.resolve("quickstart.conf").toString());
    assertThat(result.exitCode()).as(result.err()).isEqualTo(7);
    assertThat(result.out().lines())
        .contains("./quickstart.conf", "./experiments/coarse-cifar100-minimal.conf")
        .contains("mode of the directory: 700");
    assertThat(temporary).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train                                    | two dashes",
        "--                                       | two dashes",
        "--master local -- train                  | submits to yarn",
        "--attempts 0 -- train                    | --attempts wants a whole number from 1",
        "--deploy-mode both -- train              | --deploy-mode is cluster or client",
        "--gpus-per-executor x -- train           | --gpus-per-executor wants a whole number",
        "--gpus-per-member 1 -- train             | wants --gpus-per-executor as well",
        "--gpus-per-executor 1 --gpus-per-member 2 -- train   | can't take 2 of 1 cards",
        "--gpus-per-executor 1 --gpus-per-member 0.7 -- train | a share of at most 0.5",
        "--gpus-per-executor -- train             | --gpus-per-executor wants a value",
        "-- train --fresh                         | each attempt would begin a run of its own",
        "-- train --config missing.conf           | there is no readable file missing.conf",
        "--config-root missing -- train           | there is no directory missing",
        "-- train                                 | there is no spark-submit",
      })
  void saysWhatIsWrong(String arguments, String message) throws Exception {
    DeployProgram.Result refused =
        new DeployProgram(directory, Map.of()).run("yarn/submit", arguments.split(" "));
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).startsWith("submit: ").contains(message);
  }

  @Test
  void refusesConfigurationThatWouldLoseItsIncludes() throws Exception {
    Path own = Files.writeString(directory.resolve("own.conf"), "include \"other.conf\"\n");
    DeployProgram.Result refused =
        new DeployProgram(directory, Map.of())
            .run("yarn/submit", "--dry-run", "--", "train", "--config", own.toString());
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("--config-root");
  }

  private SubmitCommand submit(String... arguments) throws Exception {
    return SubmitCommand.of(directory, "yarn/submit", arguments);
  }
}
