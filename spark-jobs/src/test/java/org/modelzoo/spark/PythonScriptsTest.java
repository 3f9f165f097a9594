package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Python beside the launcher is Python; what it measures needs PyTorch. */
class PythonScriptsTest {
  private static final Path SCRIPTS = Path.of("").toAbsolutePath().resolveSibling("deploy");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "benchmark/pytorch.py",
        "benchmark/compare.py",
        "benchmark/golden.py",
        "benchmark/ray_tune.py",
        "benchmark/compare_search.py",
        "schedule/airflow_dag.py"
      })
  void hasNoSyntaxError(String script) throws InterruptedException {
    try {
      Process python =
          new ProcessBuilder(
                  "python3",
                  "-c",
                  "import ast, sys; ast.parse(open(sys.argv[1], encoding='utf-8').read())",
                  SCRIPTS.resolve(script).toString())
              .redirectErrorStream(true)
              .start();
      String printed = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(python.waitFor()).as(printed).isZero();
    } catch (IOException e) {
      abort("there is no python3 here: " + e.getMessage());
    }
  }
}
