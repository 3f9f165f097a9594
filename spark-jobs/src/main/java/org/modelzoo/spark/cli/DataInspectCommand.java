package org.modelzoo.spark.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.DataConfig;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.inspection.DataInspection;
import org.modelzoo.spark.job.Locations;
import org.modelzoo.spark.session.SparkApplication;
import org.modelzoo.store.Json;
import org.modelzoo.store.RunFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code data inspect}: what is in the images of an experiment, before it is trained. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = {
      "Reads the images of every task, and shows classes, numbers, channels and duplicates.",
      "With --output also as JSON, and as a contact sheet of each task. Trains nothing."
    })
final class DataInspectCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options;

  @Option(
      names = "--output",
      paramLabel = "URI",
      description = "Directory for inspection.json and the contact sheets; made if need be.")
  private String output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    LoadedConfig given = options.loadWithoutNetwork();
    Configuration hadoop =
        SparkHadoopUtil.get().newConfiguration(SparkApplication.settings(given.values()));
    LoadedConfig config = Locations.qualified(given, hadoop);
    DataConfig data = config.values().data();
    long seed = config.values().experiment().seed();
    if (output == null) {
      print(DataInspection.of(data, seed, hadoop, (sheet, task) -> {}));
      return 0;
    }
    Path directory = prepared(hadoop);
    DataInspection inspection =
        DataInspection.of(
            data,
            seed,
            hadoop,
            (sheet, task) ->
                write(
                    hadoop,
                    new Path(directory, sheetName(data.set().tasks().get(task).name(), task)),
                    out -> sheet.writePng(out)));
    write(hadoop, new Path(directory, "inspection.json"), out -> out.write(Json.write(inspection)));
    print(inspection);
    spec.commandLine().getOut().println("contact sheets     " + Locations.shown(directory));
    return 0;
  }

  private void print(DataInspection inspection) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(InspectionTable.of(inspection, ErrorTerminal.columns()));
    out.flush();
  }

  /** Unwritable places are said before anything is read. */
  private Path prepared(Configuration hadoop) {
    try {
      Path directory = new Path(Locations.qualified(output, hadoop));
      RunFiles.on(directory, hadoop).createDirectory(directory);
      return directory;
    } catch (IOException | IllegalArgumentException e) { // the latter for no location at all
      throw unwritable(e);
    }
  }

  private void write(Configuration hadoop, Path file, RunFiles.Content content) {
    try {
      RunFiles.on(file, hadoop).write(file, content);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private ModelZooException unwritable(Exception cause) {
    return new ModelZooException(
        ErrorKind.CONFIGURATION,
        "can't write --output %s: %s; give a place that may be written to".formatted(output, cause),
        cause);
  }

  /** Names of tasks may hold anything; the number tells them apart. */
  static String sheetName(String name, int task) {
    return "task-%02d-%.64s.png".formatted(task, name.replaceAll("[^A-Za-z0-9._-]+", "-"));
  }
}
