package org.modelzoo.report.run;

import static j2html.TagCreator.p;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.modelzoo.base.Secrets;
import org.modelzoo.report.page.DataTable;
import org.modelzoo.report.page.Section;
import org.modelzoo.run.Round;
import org.modelzoo.store.LineLog;

/** What went wrong and was tried again. Files of older programs may hold secrets in it. */
final class Troubles implements RunSection {
  /** Lines of a run's events; more are too many for a page. */
  private static final int MOST = 500;

  @Override
  public Optional<Section> of(ReportInput reported) {
    DataTable table = new DataTable(3, List.of("where", "what", "when"));
    add(table, reported.run(), "");
    reported.others().forEach(run -> add(table, run, run.name() + ": "));
    reported
        .damages()
        .forEach(damage -> table.add(List.of("baselines", Secrets.hiddenIn(damage), "")));
    List<DomContent> content = new ArrayList<>();
    content.add(table.size() == 0 ? p("Nothing is recorded.") : table.content());
    return Optional.of(
        new Section(
            "troubles",
            "Failures and retries",
            "Members that diverged are left out of the ensemble. A run that was stopped continues after its last committed round.",
            content));
  }

  private static void add(DataTable table, ReportedRun run, String prefix) {
    if (run.drivers() > 1) {
      table.add(
          List.of(
              prefix + "run",
              "%d drivers have worked on it, one after the other: it was stopped and continued"
                  .formatted(run.drivers()),
              ""));
    }
    List<EventLines.Trouble> events =
        LineLog.ofEvents(run.directory()).readNewest(EventLines.MOST_BYTES, EventLines::of);
    int left = Math.max(0, events.size() - MOST);
    if (left > 0) {
      table.add(List.of(prefix + "run", "%,d earlier ones are in events/".formatted(left), ""));
    }
    events.stream()
        .skip(left)
        .forEach(
            it -> table.add(List.of(prefix + it.where(), Secrets.hiddenIn(it.what()), it.at())));
    Set<String> told = events.stream().map(EventLines.Trouble::where).collect(Collectors.toSet());
    for (Round round : run.rounds()) {
      for (Round.Member member : round.members()) {
        if (member.diverged() && !told.contains(member.id())) {
          table.add(List.of(prefix + member.id(), "diverged", ""));
        } else if (!member.diverged() && !run.members().containsKey(member.id())) {
          table.add(List.of(prefix + member.id(), "its outcome is missing or damaged", ""));
        }
      }
    }
    run.damages()
        .forEach(damage -> table.add(List.of(prefix + "files", Secrets.hiddenIn(damage), "")));
  }
}
