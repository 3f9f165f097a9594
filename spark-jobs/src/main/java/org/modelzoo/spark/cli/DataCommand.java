package org.modelzoo.spark.cli;

import picocli.CommandLine.Command;

/** {@code data}: what comes before training. */
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    subcommands = {DataFetchCommand.class, DataInspectCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    description = "Fetches data sets, and shows what is in them.")
final class DataCommand {}
