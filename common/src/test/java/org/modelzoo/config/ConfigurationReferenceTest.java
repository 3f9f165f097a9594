package org.modelzoo.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");
  private static final Path REFERENCE = Path.of("src", "main", "resources", "reference.conf");

  /** With -Ddocs.regenerate it writes the page instead. */
  @Test
  void thePageSaysWhatReferenceConfSays() throws IOException {
    String made = ConfigurationReference.of(ConfigFactory.parseFile(REFERENCE.toFile()));
    if (System.getProperty("docs.regenerate") != null) {
      Files.writeString(PAGE, made);
    }
    assertThat(Files.readString(PAGE))
        .as(
            "docs/configuration.md is older than reference.conf; make it anew with"
                + " mvn -pl common test -Dtest=ConfigurationReferenceTest -Ddocs.regenerate")
        .isEqualTo(made);
  }

  @Test
  void keysComeInTheirOrderWithKindDefaultAndMeaning() {
    String page =
        ConfigurationReference.of(
            ConfigFactory.parseString(
                """
                zoo {
                  # Rounds, at least
                  # 1.
                  rounds = 4
                  # How: fast   at once
                  #      slow   later,
                  #             perhaps
                  # One of them.
                  how = fast
                  # Inside.
                  part { limit = 10m }
                }
                """));

    assertThat(page)
        .endsWith(
            """

            ## `zoo`

            | key | kind | default | meaning |
            |---|---|---|---|
            | `rounds` | whole number | `4` | Rounds, at least 1. |
            | `how` | text | `"fast"` | How:<br>`fast` – at once<br>`slow` – later, perhaps<br>One of them. |

            ### `zoo.part`

            Inside.

            | key | kind | default | meaning |
            |---|---|---|---|
            | `limit` | time | `"10m"` |  |
            """);
  }

  @Test
  void examplesStandByThemselves() {
    assertThat(CommentText.of(List.of(" As a list:", "   a = [1]", " or a <b>.")))
        .isEqualTo("As a list:<br>`a = [1]`<br>or a &lt;b>.");
  }
}
