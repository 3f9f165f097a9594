package org.modelzoo.report.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.modelzoo.report.page.Sections;

class StudyReportTest {
  @Test
  void aSearchHasAllSections() {
    ReportedStudy study = StudyFixture.searched(30);
    String page = page(study);
    assertThat(Sections.idsOf(page))
        .containsExactly("key-figures", "history", "rungs", "parallel", "importance", "trials");
    assertThat(page)
        .contains("Search over 3 parameters for the highest validation accuracy")
        .contains("finished, all trials are through")
        .contains(Values.text(study.best().orElseThrow().value()))
        .contains("3 diverged", "the loss is NaN")
        .doesNotContain("</script><b>");
  }

  @Test
  void aSearchThatJustBeganHasNoValues() {
    assertThat(Sections.idsOf(page(StudyFixture.searched(1))))
        .contains("key-figures", "trials")
        .doesNotContain("importance", "parallel");
  }

  private static String page(ReportedStudy study) {
    return new String(StudyReport.of(study), StandardCharsets.UTF_8);
  }
}
