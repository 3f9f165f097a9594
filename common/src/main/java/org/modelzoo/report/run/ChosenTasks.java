package org.modelzoo.report.run;

import static j2html.TagCreator.details;
import static j2html.TagCreator.summary;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.modelzoo.boosting.Score;
import org.modelzoo.boosting.TaskWeights;
import org.modelzoo.report.page.Chart;
import org.modelzoo.report.page.DataTable;
import org.modelzoo.report.page.Figure;
import org.modelzoo.report.page.Formats;
import org.modelzoo.report.page.Section;
import org.modelzoo.run.Round;
import org.modelzoo.store.MemberFile;
import org.modelzoo.store.Predictions.Split;

/** Which tasks the members were trained on, and the weights that chose them. */
final class ChosenTasks implements RunSection {
  /** Tables and charts of more members than this are too large for a page. */
  static final int MOST_MEMBERS = 1000;

  @Override
  public Optional<Section> of(ReportInput reported) {
    ReportedRun run = reported.run();
    if (run.rounds().isEmpty()) {
      return Optional.empty();
    }
    List<Integer> rounds = Rounds.shown(run.rounds().size());
    List<DomContent> content = new ArrayList<>();
    if (run.rounds().size() > 1) {
      content.add(figure(run, rounds));
    }
    content.add(members(run));
    return Optional.of(
        new Section(
            "members",
            "What the members were trained on",
            run.rounds().size() > 1
                ? "Colour: the weight w = clip(exp((ℓ − mean ℓ) / mean ℓ), 10⁻⁴, 10³) with which a round drew the task, ℓ being the ensemble's loss on it before. Dots: the task was trained in that round, the larger the dot, the more members had it. In continual mode the newest task is in every member, whatever its weight."
                    + Rounds.thinned(run.rounds().size())
                    + Tasks.thinned(run)
                : "One round: its members' tasks follow from the method, not from weights.",
            content));
  }

  private static DomContent figure(ReportedRun run, List<Integer> rounds) {
    List<Chart.Cell> cells = new ArrayList<>();
    List<Chart.Mark> marks = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("task"));
    rounds.forEach(round -> header.add(Rounds.label(round)));
    DataTable table = new DataTable(1, header);
    List<Integer> tasks = Tasks.shown(run);
    for (int place = 0; place < tasks.size(); place++) {
      int task = tasks.get(place);
      List<String> row = new ArrayList<>(List.of(run.task(task)));
      for (int column = 0; column < rounds.size(); column++) {
        Round round = run.rounds().get(rounds.get(column));
        List<String> trained = trainedOn(round, task);
        double weight =
            trained.isEmpty() && Double.isNaN(run.matrix().accuracy(round.round(), task))
                ? Double.NaN // In continual mode tasks arrive one after the other.
                : weight(round, task);
        String members = trained.isEmpty() ? "" : " ×" + trained.size();
        row.add(Formats.digits(weight, 3) + members);
        if (!Double.isNaN(weight)) {
          cells.add(new Chart.Cell(column, place, weight, Formats.digits(weight, 3), trained));
        }
        if (!trained.isEmpty()) {
          marks.add(new Chart.Mark(column, place, trained.size()));
        }
      }
      table.add(row);
    }
    return Figure.of(
        "Weights of the tasks over the rounds and the tasks that were trained",
        new Chart.HeatMap(
            new Chart.Axes("round", "task"),
            rounds.stream().map(Rounds::label).toList(),
            Tasks.names(run, tasks),
            scale(cells),
            cells,
            marks),
        table);
  }

  private static Chart.Scale scale(List<Chart.Cell> cells) {
    double low = cells.stream().mapToDouble(Chart.Cell::value).min().orElse(TaskWeights.LEAST);
    double high = cells.stream().mapToDouble(Chart.Cell::value).max().orElse(TaskWeights.MOST);
    return new Chart.Scale("logarithmic", Math.min(low, 0.5), Math.max(high, 2), "weight");
  }

  private static double weight(Round round, int task) {
    return task < round.weights().size() ? round.weights().get(task) : Double.NaN;
  }

  private static List<String> trainedOn(Round round, int task) {
    return round.members().stream()
        .filter(member -> member.tasks().contains(task))
        .map(Round.Member::id)
        .toList();
  }

  private static DomContent members(ReportedRun run) {
    DataTable table =
        new DataTable(
            4,
            List.of(
                "member",
                "tasks",
                "executor",
                "computed by",
                "images",
                "time",
                "images/s",
                "last loss",
                "accuracy alone, %"));
    Map<String, Round.Member> members = new LinkedHashMap<>();
    run.rounds().stream()
        .flatMap(round -> round.members().stream())
        .forEach(member -> members.putIfAbsent(member.id(), member));
    members.values().stream()
        .skip(Math.max(0, members.size() - MOST_MEMBERS))
        .forEach(member -> table.add(row(run, member)));
    String title =
        members.size() <= MOST_MEMBERS
            ? "All members"
            : "The newest %,d of %,d members".formatted(MOST_MEMBERS, members.size());
    return details(summary(title), table.content()).withClass("alternative");
  }

  private static List<String> row(ReportedRun run, Round.Member member) {
    String tasks = member.tasks().stream().map(run::task).collect(Collectors.joining(", "));
    MemberFile file = run.members().get(member.id());
    if (file == null) {
      String why = member.diverged() ? "diverged" : "its files are missing";
      return List.of(member.id(), tasks, why, "", "", "", "", "", "");
    }
    return List.of(
        member.id(),
        tasks,
        file.executor() == null ? "" : file.executor(),
        file.computation() == null ? "" : file.computation().description(),
        Formats.count(file.trainImages()),
        Formats.seconds(seconds(file)),
        Formats.decimals(file.trainImages() / seconds(file), 0),
        file.epochs().isEmpty()
            ? ""
            : Formats.digits(file.epochs().get(file.epochs().size() - 1).loss(), 3),
        Formats.percent(accuracyAlone(member)));
  }

  /** Mean over its tasks; NaN where it has no test scores. */
  private static double accuracyAlone(Round.Member member) {
    return member.tasks().stream()
        .flatMap(task -> member.score(task, Split.TEST).stream())
        .mapToDouble(Score::accuracy)
        .average()
        .orElse(Double.NaN);
  }

  /** Of its training, on the wall; at least the clock's step. */
  static double seconds(MemberFile member) {
    return Math.max(1, member.finishedMillis() - member.startedMillis()) / 1000.0;
  }
}
