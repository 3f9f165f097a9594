package org.modelzoo.report.run;

import java.util.Optional;
import org.modelzoo.report.page.Section;

/** Makes one section of a run's report. */
interface RunSection {
  /** The section; empty where the run has nothing for it, and never will. */
  Optional<Section> of(ReportInput reported);
}
