package org.modelzoo.spark.cli;

import picocli.CommandLine.Command;

/** {@code benchmark}: how fast the program is on this machine. */
@Command(
    name = "benchmark",
    mixinStandardHelpOptions = true,
    description = "Measures how fast the program is on this machine.",
    subcommands = BenchmarkScaleCommand.class)
final class BenchmarkCommand {}
