package org.modelzoo.spark.cli;

import java.io.PrintWriter;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.modelzoo.base.KebabCase;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.Method;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.network.NetworkSpec;
import org.modelzoo.network.Networks;
import org.modelzoo.spark.job.ExecutorSize;
import org.modelzoo.spark.job.RunEstimate;
import org.modelzoo.spark.job.search.SearchPlan;
import org.modelzoo.training.MemberMemory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code validate}: the plan of an experiment, without a cluster. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = {
      "Checks a configuration and prints the plan, and Spark's settings for it.",
      "Touches no cluster and no data."
    })
final class ValidateCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options;

  @Option(
      names = "--members-per-executor",
      paramLabel = "N",
      description =
          "Members that train in one executor at once, for Spark's settings; as many as share a"
              + " card, and without cards as many as train at once, up to 4, where not given.")
  private Integer membersPerExecutor;

  @Spec private CommandSpec spec;

  private static final int MOST = 1024;

  @Override
  public Integer call() {
    if (membersPerExecutor != null && (membersPerExecutor < 1 || membersPerExecutor > MOST)) {
      throw new ParameterException(
          spec.commandLine(),
          "--members-per-executor is %d, and must be from 1 to %d"
              .formatted(membersPerExecutor, MOST));
    }
    LoadedConfig loaded = options.load();
    ModelZooConfig config = loaded.values();
    PrintWriter out = spec.commandLine().getOut();
    line(out, "experiment", config.experiment().name() + ", seed " + config.experiment().seed());
    line(
        out,
        "data",
        "%s: %d tasks of %s images"
            .formatted(
                config.data().set().name(),
                config.data().set().tasks().size(),
                config.data().set().source().shape()));
    config.warnings().forEach(warning -> line(out, "remark", warning));
    config.methods().forEach(method -> printPlan(out, loaded.forMethod(method).values(), method));
    if (!config.search().space().isEmpty()) {
      SearchCommand.check(loaded);
      out.println();
      out.print(SearchPlan.of(config).text());
    }
    line(out, "output", config.output().directory() + "/" + config.experiment().name());
    SizeTable.print(
        out,
        ExecutorSize.of(
            config,
            membersPerExecutor == null ? OptionalInt.empty() : OptionalInt.of(membersPerExecutor)));
    return 0;
  }

  private static void printPlan(PrintWriter out, ModelZooConfig config, Method method) {
    RunEstimate estimate = RunEstimate.of(config, method);
    NetworkSpec network = estimate.largestNetwork(config);
    int batch = config.training().batchSize();
    out.println();
    line(out, "method", KebabCase.of(method));
    line(out, "rounds", rounds(config, method, estimate));
    line(out, "members", Integer.toString(estimate.members()));
    line(out, "tasks a member", "up to " + estimate.largestMember());
    line(
        out,
        "images to train",
        estimate.images().isPresent()
            ? "%,d in %d epochs a member"
                .formatted(estimate.images().getAsLong(), config.training().epochs())
            : "known once the files are read");
    line(
        out,
        "network",
        "%s, %,d parameters in the largest member"
            .formatted(network.name(), Networks.parameterCount(network)));
    line(
        out,
        "engine",
        "%s, %s"
            .formatted(
                KebabCase.of(config.network().engine()),
                KebabCase.of(config.training().precision())));
    line(
        out,
        "memory",
        "about %,d MB outside the Java heap for each member in training (batch %d)"
            .formatted(MemberMemory.of(network, batch).total() / 1_000_000 + 1, batch));
  }

  private static String rounds(ModelZooConfig config, Method method, RunEstimate estimate) {
    int atOnce = Math.min(estimate.rounds(), 1 + config.zoo().lookahead());
    return method == Method.ZOO && atOnce > 1
        ? "%d, up to %d at once".formatted(estimate.rounds(), atOnce)
        : Integer.toString(estimate.rounds());
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf("%-16s %s%n", name, value);
  }
}
