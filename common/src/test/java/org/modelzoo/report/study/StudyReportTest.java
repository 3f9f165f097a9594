package org.modelzoo.report.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import org.junit.jupiter.api.Test;
import org.modelzoo.report.page.Sections;
import org.modelzoo.search.Trial;

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

  @Test
  void aLargeSearchShowsItsBestAndNewestTrials() {
    ReportedStudy study = StudyFixture.searched(5000);
    String page = page(study);
    assertThat(page.length()).isLessThan(5_000_000);
    assertThat(page)
        .contains("The best 500 and the newest 500 of 5,000 trials are shown; trials.csv has all.");
    assertThat(study.shown())
        .hasSizeBetween(500, 1000)
        .contains(study.best().orElseThrow(), study.trials().get(4999))
        .isSortedAccordingTo(Comparator.comparing(Trial::number));
    ReportedStudy small = StudyFixture.searched(1000);
    assertThat(small.shown()).isEqualTo(small.trials());
    assertThat(page(small)).doesNotContain("trials.csv");
  }

  private static String page(ReportedStudy study) {
    return new String(StudyReport.of(study), StandardCharsets.UTF_8);
  }
}
