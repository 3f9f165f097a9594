package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrackingPageTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @Test
  void itsCommandsAreValid() throws IOException {
    List<String> commands =
        Files.readAllLines(ROOT.resolve("docs/tracking.md")).stream()
            .filter(line -> line.startsWith("deploy/modelzoo train "))
            .toList();
    assertThat(commands).hasSize(3);
    for (String command : commands) {
      // As the shell and the configuration of the checkout see it, but without training.
      String[] words = command.replace("train", "validate").replace("'", "").split(" ", -1);
      words[3] = ROOT.resolve(words[3]).toString();
      Console plan = Console.run(Arrays.copyOfRange(words, 1, words.length));
      assertThat(plan.exitCode()).as(plan.err()).isZero();
    }
  }
}
