package org.modelzoo.spark.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "round", mixinStandardHelpOptions = true, description = "x")
final class BenchmarkRoundCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
