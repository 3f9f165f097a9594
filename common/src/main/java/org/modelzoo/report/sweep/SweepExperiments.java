package org.modelzoo.report.sweep;

import static j2html.TagCreator.a;
import static j2html.TagCreator.text;

import j2html.tags.DomContent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.modelzoo.report.SweepResult;
import org.modelzoo.report.page.DataTable;
import org.modelzoo.report.page.Section;

/** All experiments of a sweep, and where their own reports are. */
final class SweepExperiments {
  private SweepExperiments() {}

  static Section of(ReportedSweep sweep) {
    List<String> header = new ArrayList<>(List.of("experiment"));
    header.addAll(sweep.sweep().axes());
    header.add("state");
    DataTable table = new DataTable(header.size(), header);
    Set<String> finished =
        sweep.results().stream().map(SweepResult::experiment).collect(Collectors.toSet());
    for (SweepFile.Experiment experiment : sweep.sweep().experiments()) {
      List<DomContent> row = new ArrayList<>();
      String state = state(sweep, finished, experiment.label());
      // A baseline stands in the report of its experiment.
      row.add(
          state.equals("finished") && experiment.baseline() == null
              ? a(experiment.name()).withHref(place(experiment.name()))
              : text(experiment.label()));
      sweep.sweep().axes().forEach(axis -> row.add(text(experiment.values().get(axis))));
      row.add(text(state));
      table.addContent(row);
    }
    return Section.of(
        "experiments",
        "Experiments",
        "Each has a report of its own in its directory.",
        table.content());
  }

  private static String place(String experiment) {
    String name = URLEncoder.encode(experiment, StandardCharsets.UTF_8).replace("+", "%20");
    return "./" + name + "/report.html";
  }

  private static String state(ReportedSweep sweep, Set<String> finished, String experiment) {
    if (finished.contains(experiment)) {
      return "finished";
    }
    if (sweep.failures().containsKey(experiment)) {
      String why = sweep.failures().get(experiment);
      return why.isEmpty() ? "failed" : "failed: " + why;
    }
    return sweep.curves().containsKey(experiment) ? "begun" : "to do";
  }
}
