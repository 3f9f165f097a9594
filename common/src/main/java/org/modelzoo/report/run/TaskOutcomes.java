package org.modelzoo.report.run;

import static j2html.TagCreator.text;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.modelzoo.report.page.Bar;
import org.modelzoo.report.page.DataTable;
import org.modelzoo.report.page.Formats;
import org.modelzoo.report.page.Section;

/** What each task was learned to, forgot and gained. */
final class TaskOutcomes implements RunSection {
  /** Smaller changes than this fill no bar. */
  private static final double LEAST_CHANGE = .05;

  @Override
  public Optional<Section> of(ReportInput reported) {
    ReportedRun run = reported.run();
    if (!run.isMeasured()) {
      return Optional.empty();
    }
    DataTable table =
        new DataTable(
            1,
            List.of(
                "task",
                "first round",
                "members",
                "learned, %",
                "now, %",
                "forgetting",
                "transfer"));
    List<TaskCourse> courses =
        IntStream.range(0, run.tasks().size())
            .mapToObj(task -> TaskCourse.of(run.matrix(), task))
            .toList();
    double most = largestChange(courses);
    int[] members = members(run);
    for (int task = 0; task < courses.size(); task++) {
      TaskCourse course = courses.get(task);
      table.addContent(
          List.of(
              text(run.task(task)),
              text(course.first().isPresent() ? Rounds.label(course.first().getAsInt()) : "—"),
              text(Integer.toString(members[task])),
              text(Formats.percent(course.learned())),
              Bar.of(Formats.percent(course.last()), course.last(), Bar.Kind.SHARE),
              Bar.of(
                  Formats.percent(course.forgetting()), course.forgetting() / most, Bar.Kind.LOSS),
              Bar.of(
                  Formats.points(course.transfer()),
                  course.transfer() / most,
                  course.transfer() < 0 ? Bar.Kind.LOSS : Bar.Kind.GAIN)));
    }
    return Optional.of(
        Section.of(
            "tasks",
            "Forgetting and transfer",
            "Learned: a[f(i)][i], after the round in which the task first had a member. Now: a[T][i]. Forgetting: the best it ever was less what it is now, max over t ≥ f(i) of a[t][i] − a[T][i], in points. Transfer: what later rounds gave or took, a[T][i] − a[f(i)][i], in points.",
            table.content()));
  }

  /** What the bars are drawn in proportion to: changes are small beside accuracies. */
  private static double largestChange(List<TaskCourse> courses) {
    return courses.stream()
        .flatMapToDouble(course -> DoubleStream.of(course.forgetting(), course.transfer()))
        .filter(change -> !Double.isNaN(change))
        .map(Math::abs)
        .reduce(LEAST_CHANGE, Math::max);
  }

  /** How many members each task has. */
  private static int[] members(ReportedRun run) {
    int[] members = new int[run.tasks().size()];
    run.members().values().stream()
        .flatMap(member -> member.tasks().stream().distinct())
        .filter(task -> task < members.length)
        .forEach(task -> members[task]++);
    return members;
  }
}
