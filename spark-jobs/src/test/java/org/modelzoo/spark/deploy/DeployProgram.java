package org.modelzoo.spark.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of the directory deploy, run as a user runs it. */
final class DeployProgram {
  /** The repository's directory deploy. */
  static final Path DEPLOY = Path.of("").toAbsolutePath().resolveSibling("deploy");

  private final Path directory;
  private final Map<String, String> environment;

  /**
   * Programs that run from a directory, which also gets what is printed, and without a SPARK_HOME.
   *
   * @param environment variables beside this process' own
   */
  DeployProgram(Path directory, Map<String, String> environment) {
    this.directory = directory;
    this.environment = Map.copyOf(environment);
  }

  /** Runs a program, named by its path below deploy, to its end. */
  Result run(String program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(DEPLOY.resolve(program).toString()));
    command.addAll(List.of(arguments));
    return run(command);
  }

  /** Runs any command to its end. */
  Result run(List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile(directory, "out", ".txt");
    Path err = Files.createTempFile(directory, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(DeployProgram::isSetting);
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("no end after 5 minutes: " + Files.readString(err));
    }
    return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** What a user may have set for Spark or for the programs here. */
  private static boolean isSetting(String variable) {
    return variable.startsWith("SPARK_")
        || variable.startsWith("MODELZOO_")
        || variable.equals("CUDA_VISIBLE_DEVICES");
  }

  /** How a program ended. */
  record Result(int exitCode, String out, String err) {}

  /** Writes a program of one's own. */
  static Path write(Path file, String... lines) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, List.of(lines));
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("can't make " + file + " a program");
    }
    return file;
  }
}
