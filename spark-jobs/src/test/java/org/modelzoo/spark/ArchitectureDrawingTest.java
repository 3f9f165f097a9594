package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The drawing in {@code docs/architecture.md} is that of the code; {@code -Darchitecture.write}
 * writes it anew.
 */
class ArchitectureDrawingTest {
  private static final Path PAGE = Path.of("../docs/architecture.md");
  private static final String BEGIN = "```mermaid\n";
  private static final String END = "```\n";

  @Test
  void thePageShowsTheRoomsAndArrowsOfTheCode() throws IOException {
    String drawing =
        new ArchitectureDrawing(
                new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("org.modelzoo"))
            .mermaid();
    assertThat(drawing).contains("spark-cli[cli]", "base[base]");
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END, begin);
    if (System.getProperty("architecture.write") != null) {
      page = page.substring(0, begin) + drawing + page.substring(end);
      Files.writeString(PAGE, page);
      end = begin + drawing.length();
    }
    assertThat(page.substring(begin, end))
        .as(
            "rooms or arrows have changed; replace the drawing of docs/architecture.md by%n%s",
            drawing)
        .isEqualTo(drawing);
  }

  @Test
  void theClassesThatThePageNamesAreThere() throws IOException {
    List<String> named =
        Pattern.compile("`([a-z/]+/[A-Z]\\w+)`")
            .matcher(Files.readString(PAGE))
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(named).isNotEmpty().allSatisfy(name -> Class.forName(name(name)));
  }

  private static String name(String path) {
    return "org.modelzoo." + path.replace('/', '.');
  }
}
