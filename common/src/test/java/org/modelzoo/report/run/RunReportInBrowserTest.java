package org.modelzoo.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.browser.Browser;

class RunReportInBrowserTest {
  @TempDir private Path directory;

  @Test
  void chartsAreDrawnAndCurvesCanBeHidden() throws Exception {
    RunFixture run = RunFixture.finished(directory.resolve("run"));
    Path page = directory.resolve("report.html");
    Files.write(page, RunReport.of(run.directory, List.of(), Optional.empty()));

    try (Browser browser = Browser.start()) {
      browser.open(page.toUri());

      assertThat(browser.texts("h1")).containsExactly("run");
      assertThat(browser.all("figure canvas"))
          .hasSameSizeAs(browser.all("figure .chart"))
          .hasSizeGreaterThan(3);
      browser.click("#accuracy .legend button", "birds");
      assertThat(browser.texts("#accuracy .legend button[aria-pressed=false]"))
          .containsExactly("birds");
      assertThat(browser.console()).isEmpty();
    }
  }
}
