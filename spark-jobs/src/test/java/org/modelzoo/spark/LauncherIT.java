package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherIT {
  @TempDir private Path directory;

  @Test
  void helpAndValidateNeedNoCluster() throws Exception {
    Launcher launcher = new Launcher(directory);
    assertThat(launcher.run("help").out()).contains("Usage: modelzoo [-hV] COMMAND");
    Launcher.Result plan =
        launcher.run(
            "validate", "--config", Path.of("../conf/quickstart.conf").toRealPath().toString());
    assertThat(plan.exitCode()).as(plan.err()).isZero();
    assertThat(plan.out()).contains("experiment       quickstart");
  }

  @Test
  void theExitCodeIsTheProgramsAlsoThroughSparkSubmit() throws Exception {
    Launcher.Result unknown =
        new Launcher(directory).run("train", "--master", "local[1]", "--set", "training.epoch=1");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("training.epochs").doesNotContain("\tat ");
  }

  /** Also none of JavaCPP's, which finds bindings that are older than itself. */
  @Test
  void aQuietRunHasNothingToSayOnTheTerminal() throws Exception {
    Launcher.Result trained =
        new Launcher(directory)
            .run(
                Stream.concat(
                        Stream.of(TinyExperiment.arguments("train", directory.resolve("runs"))),
                        Stream.of("--quiet", "--master", "local[1]"))
                    .toArray(String[]::new));
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(trained.err().lines().filter(line -> !line.startsWith("Picked up "))).isEmpty();
  }

  @Test
  void sparkOptionsAreHandedThrough() throws Exception {
    // Two threads a member on one core: only the master and conf that reach Spark make it fail.
    Launcher.Result refused =
        new Launcher(directory)
            .run(
                Stream.concat(
                        Stream.of(TinyExperiment.arguments("train", directory)),
                        Stream.of("--master", "local[1]", "--conf", "spark.task.cpus=2"))
                    .toArray(String[]::new));
    assertThat(refused.exitCode()).isEqualTo(4);
    assertThat(refused.err()).contains("spark.task.cpus").contains("local[1]");
  }

  @Test
  void ofTheBenchmarksOnlyWholeRoundsGoThroughSpark() throws Exception {
    Path submit = Files.createDirectories(directory.resolve("spark/bin")).resolve("spark-submit");
    Files.writeString(submit, "#!/bin/sh\necho submitted\n");
    assertThat(submit.toFile().setExecutable(true)).isTrue();
    Launcher launcher = new Launcher(directory, submit.getParent().getParent());
    assertThat(launcher.run("benchmark", "round", "--seconds", "1").out()).isEqualTo("submitted\n");
    assertThat(launcher.run("benchmark", "--seconds", "0").exitCode()).isEqualTo(2);
  }

  @Test
  void aDistributionIsUsedWhereThereIsOne() throws Exception {
    Path submit = Files.createDirectories(directory.resolve("spark/bin")).resolve("spark-submit");
    Files.writeString(submit, "#!/bin/sh\nprintf '%s|' \"$@\"\nexit 7\n");
    assertThat(submit.toFile().setExecutable(true)).isTrue();
    Launcher.Result result =
        new Launcher(directory, submit.getParent().getParent())
            .run("train", "--set", "a=b c", "--master=yarn", "--fresh", "--conf", "k=v");
    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(result.out())
        .startsWith("--class|org.modelzoo.spark.cli.ModelZoo|--master|yarn|--conf|k=v|")
        .endsWith("modelzoo-app.jar|train|--set|a=b c|--fresh|");
  }

  @Test
  void aMasterThatIsNoneIsRefused() throws Exception {
    Launcher.Result refused = new Launcher(directory).run("train", "--master", "foo");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("--master foo is not a valid Spark master URL");
  }
}
