package org.modelzoo.report.study;

import java.util.Optional;
import org.modelzoo.report.page.Section;

/** Makes one section of a study's report. */
interface StudySection {
  /** The section; empty where the study has nothing for it. */
  Optional<Section> of(ReportedStudy study);
}
