package org.modelzoo.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.store.Json;

/** The main class of a case's own JVM: measures, and leaves the result in a file. */
final class CaseMain {
  private CaseMain() {}

  /** Takes the result's file and the words of {@link BenchmarkCase#arguments}. */
  public static void main(String[] arguments) throws IOException {
    int exitCode = 0;
    try {
      List<String> words = Arrays.asList(arguments);
      BenchmarkCase measured = BenchmarkCase.parse(words.subList(1, words.size()));
      Object result =
          switch (measured.kind()) {
            case PROFILE -> ProfileRun.of(measured);
            case PARITY -> new ParityRun(measured).run();
            case TRAINING, EVALUATION -> new CaseRun(measured).run();
          };
      Files.write(Path.of(words.get(0)), Json.writeLine(result));
    } catch (Throwable e) {
      Throwable cause = e;
      while (cause.getCause() != null && !(cause instanceof ModelZooException)) {
        cause = cause.getCause();
      }
      e.printStackTrace();
      // The last line is the one that is shown.
      System.err.println(cause instanceof ModelZooException ? cause.getMessage() : cause);
      exitCode = kind(cause).exitCode();
    }
    // Threads of members that wait for one that failed would keep the JVM.
    System.exit(exitCode);
  }

  private static ErrorKind kind(Throwable cause) {
    if (cause instanceof ModelZooException known) {
      return known.kind();
    }
    return cause instanceof OutOfMemoryError ? ErrorKind.CLUSTER : ErrorKind.BUG;
  }
}
