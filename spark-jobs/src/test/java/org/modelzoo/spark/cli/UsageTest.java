package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.spark.TinyExperiment;
import picocli.CommandLine;

class UsageTest {
  @TempDir private Path output;

  @Test
  void helpNamesEveryCommand() {
    Console help = run("help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains("train", "validate", "benchmark", "Exit codes");
    assertThat(run().out()).isEqualTo(help.out());
  }

  @Test
  void everyCommandTellsTheVersionAndItsUsage() {
    assertThat(run("--version").out()).startsWith("modelzoo development, Java 17");
    assertThat(run("data", "fetch", "--version").out()).isEqualTo(run("--version").out());
    assertThat(run("--help").out()).isEqualTo(run("help").out());
    assertThat(run("help", "top").out()).contains("--once", "--stacktrace", "--version");
  }

  @Test
  void aLineOfTheListOfCommandsIsASentence() {
    CommandLine program = ModelZoo.commandLine();
    Stream.concat(
            program.getSubcommands().values().stream(),
            program.getSubcommands().values().stream()
                .flatMap(command -> command.getSubcommands().values().stream()))
        .map(command -> command.getCommandSpec().usageMessage().description()[0])
        .forEach(line -> assertThat(line).endsWith("."));
  }

  @Test
  void validatePrintsThePlanAndTouchesNothing() {
    Console plan = Console.run(TinyExperiment.arguments("validate", output));
    assertThat(plan.exitCode()).isZero();
    // Continual: members of 1, 2, 2, 2 tasks, two a round; 16 of 20 images a task, 2 epochs.
    assertThat(plan.out())
        .containsPattern("rounds +4\n")
        .containsPattern("members +8\n")
        .containsPattern("images to train +448 in 2 epochs")
        .containsPattern("network +small-conv, 116,564 parameters")
        .containsPattern("memory +about \\d+ MB")
        .contains("executor of 2 members", "  --conf spark.executor.memoryOverhead=2g \\\n")
        .contains("  --conf 'spark.executor.extraJavaOptions=-Dorg.bytedeco.javacpp.maxbytes=2g ")
        .endsWith("  --conf spark.driver.memory=2g\n");
    assertThat(output).isEmptyDirectory();
  }

  @Test
  void validateRemarksOnHeldOutImagesThatDriveNothing() {
    String[] training = TinyExperiment.arguments("validate", output, "zoo.signal=training");
    assertThat(Console.run(training).out())
        .containsOnlyOnce("remark")
        .containsPattern(
            "remark +zoo.signal = training: .* data.validation-share = 0.2 drive noth");
    assertThat(Console.run(training, "--set", "data.validation-share=0").out())
        .doesNotContain("remark");
  }

  @Test
  void numbersLookTheSameInEveryCountry() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      Console plan = Console.run(TinyExperiment.arguments("validate", output));
      assertThat(plan.out()).contains("116,564 parameters");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void anExecutorHasAtLeastOneMember() {
    Console console =
        Console.run(TinyExperiment.arguments("validate", output), "--members-per-executor", "0");
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains("--members-per-executor is 0", "from 1");
  }

  @Test
  void allProblemsAreReportedTogetherWithTheNearestKey() {
    Console console =
        Console.run(
            TinyExperiment.arguments("train", output, "training.epoch=3", "training.batch-size=0"));
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err())
        .contains("training.epoch", "training.epochs", "training.batch-size")
        .doesNotContain("\tat ");
    assertThat(output).isEmptyDirectory();
  }

  @Test
  void moreTasksPerRoundThanTasksAreRefused() {
    Console console =
        Console.run(TinyExperiment.arguments("validate", output, "zoo.tasks-per-round=5"));
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains("zoo.tasks-per-round", "5", "4");
  }

  @Test
  void tasksAreAddedInARunDirectoryOfTheirOwnToAZooThatIsThere() {
    String[] arguments = TinyExperiment.arguments("train", output);
    Console itself = Console.run(arguments, "--zoo", output.resolve("tiny/").toString());
    assertThat(itself.exitCode()).isEqualTo(2);
    assertThat(itself.err()).contains("also the run directory", "experiment.name", "--fresh");
    Console nothing = Console.run(arguments, "--zoo", output.resolve("nothing").toString());
    assertThat(nothing.exitCode()).isEqualTo(3);
    assertThat(nothing.err()).contains("nothing holds no zoo", "--zoo").doesNotContain("\tat ");
    assertThat(output).isEmptyDirectory();
  }

  @Test
  void imagesTooSmallForTheNetworkAreRefused() {
    Console console =
        Console.run(TinyExperiment.arguments("validate", output, "data.set.source.height=8"));
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains("small-conv", "8×22");
  }

  @Test
  void aMissingDataDirectoryIsADataError() throws Exception {
    Path conf = Files.writeString(output.resolve("mnist.conf"), mnist());
    Console console =
        run(
            "train",
            "--config",
            conf.toString(),
            "--set",
            "data.directory=" + output.resolve("nowhere"),
            "--set",
            "output.directory=" + output);
    assertThat(console.exitCode()).isEqualTo(3);
    assertThat(console.err()).contains("nowhere").doesNotContain("\tat ");
    assertThat(output.resolve("mnist")).doesNotExist();
  }

  @Test
  void aMissingConfigurationFileIsNamed() {
    Console console = run("train", "--config", output.resolve("none.conf").toString());
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains("none.conf").doesNotContain("\tat ");
  }

  @Test
  void anUnknownOptionSuggestsAKnownOne() {
    Console console = run("train", "--confg", "x");
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains("--confg").contains("--config");
  }

  @Test
  void stacktraceShowsWhereItHappened() {
    Console console =
        run("train", "--stacktrace", "--config", output.resolve("none.conf").toString());
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains("\tat org.modelzoo");
  }

  private static String mnist() {
    return """
        experiment.name = mnist
        data.set { name = mnist, source { format = mnist }, classes-per-task = 2 }
        """;
  }

  private static Console run(String... arguments) {
    return Console.run(arguments);
  }
}
