package org.modelzoo.report.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.modelzoo.report.page.Chart;
import org.modelzoo.report.page.DataTable;
import org.modelzoo.report.page.Figure;
import org.modelzoo.report.page.Formats;
import org.modelzoo.report.page.Section;
import org.modelzoo.store.MemberFile;

/** Test accuracy of each member alone on its tasks over its epochs, where it was evaluated. */
final class EpochCurves implements RunSection {
  /** More curves, and more epochs in the table, than this are thinned. */
  private static final int MOST = 100;

  /**
   * Test accuracy of a member on a task.
   *
   * @param task its place among the tasks of the run
   * @param accuracies by epochs done
   */
  private record Curve(String name, int task, Map<Integer, Double> accuracies) {}

  @Override
  public Optional<Section> of(ReportInput reported) {
    List<Curve> all = TrainedMember.of(reported).stream().flatMap(EpochCurves::curves).toList();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    List<Curve> curves = Rounds.spread(all.size(), MOST).stream().map(all::get).toList();
    return Optional.of(
        Section.of(
            "epochs",
            "Over the epochs",
            "Test accuracy of each member alone on its tasks while it was trained, by training.evaluate-every. It decides nothing. A task has the same colour as above. Touch a name to hide its curve."
                + (curves.size() < all.size()
                    ? " %d of %,d curves are shown.".formatted(curves.size(), all.size())
                    : ""),
            Figure.of(
                "Test accuracy of each member on its tasks over its epochs",
                new Chart.Lines(
                    new Chart.Axes("epochs", "test accuracy, %"),
                    curves.stream().map(EpochCurves::line).toList()),
                table(curves))));
  }

  private static Stream<Curve> curves(TrainedMember member) {
    List<Curve> curves = new ArrayList<>();
    for (int head = 0; head < member.tasks().size(); head++) {
      Map<Integer, Double> accuracies = new TreeMap<>();
      for (MemberFile.Evaluation evaluation : member.file().evaluations()) {
        accuracies.put(evaluation.epoch(), evaluation.accuracies().get(head));
      }
      if (!accuracies.isEmpty()) {
        curves.add(
            new Curve(
                member.name() + ": " + member.tasks().get(head),
                member.file().tasks().get(head),
                accuracies));
      }
    }
    return curves.stream();
  }

  private static Chart.Line line(Curve curve) {
    return new Chart.Line(
        curve.name(),
        curve.task(),
        curve.accuracies().entrySet().stream()
            .map(point -> new double[] {point.getKey(), 100 * point.getValue()})
            .toList());
  }

  private static DataTable table(List<Curve> curves) {
    TreeSet<Integer> evaluated = new TreeSet<>();
    curves.forEach(curve -> evaluated.addAll(curve.accuracies().keySet()));
    List<Integer> all = List.copyOf(evaluated);
    List<Integer> epochs = Rounds.spread(all.size(), MOST).stream().map(all::get).toList();
    List<String> header = new ArrayList<>(List.of("member and task"));
    epochs.forEach(epoch -> header.add("epoch " + epoch));
    DataTable table = new DataTable(1, header);
    curves.forEach(
        curve ->
            table.add(
                curve.name(),
                epochs.stream()
                    .map(
                        epoch ->
                            Formats.percent(curve.accuracies().getOrDefault(epoch, Double.NaN)))));
    return table;
  }
}
