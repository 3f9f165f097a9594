package org.modelzoo.report.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.modelzoo.report.page.Chart;
import org.modelzoo.report.page.DataTable;
import org.modelzoo.report.page.Figure;
import org.modelzoo.report.page.Section;
import org.modelzoo.search.Trial;
import org.modelzoo.search.space.Choice;
import org.modelzoo.search.space.Interval;
import org.modelzoo.search.space.Parameter;
import org.modelzoo.search.space.Scale;

/** Parameters and value of every trial as lines across parallel axes. */
final class ParallelTrials implements StudySection {
  @Override
  public Optional<Section> of(ReportedStudy study) {
    List<Trial> trials = study.shown().stream().filter(trial -> trial.value().isPresent()).toList();
    if (trials.size() < 2 || study.space().dimensions() == 0) {
      return Optional.empty();
    }
    List<Parameter> parameters = study.space().searched();
    List<Chart.Dimension> dimensions = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("trial"));
    for (Parameter parameter : parameters) {
      dimensions.add(dimension(parameter));
      header.add(parameter.name());
    }
    dimensions.add(new Chart.Dimension(study.objective(), "value", List.of()));
    header.add(study.objective());
    DataTable table = new DataTable(1, header);
    List<List<Object>> rows = new ArrayList<>();
    for (Trial trial : trials) {
      List<Object> row = new ArrayList<>();
      parameters.forEach(parameter -> row.add(plain(trial.parameters().get(parameter.name()))));
      row.add(trial.value().getAsDouble());
      rows.add(row);
      table.add(Integer.toString(trial.number()), row.stream().map(Values::text));
    }
    return Optional.of(
        Section.of(
            "parallel",
            "Parameters and values",
            "Each line is a trial; its colour is the value on the last axis. Draw along an axis to choose among the lines."
                + study.thinned(),
            Figure.of("Parameters of every trial", new Chart.Parallel(dimensions, rows), table)));
  }

  private static Chart.Dimension dimension(Parameter parameter) {
    if (parameter.domain() instanceof Choice choice) {
      return new Chart.Dimension(
          parameter.name(), "category", choice.values().stream().map(Object::toString).toList());
    }
    boolean logarithmic =
        parameter.domain() instanceof Interval interval && interval.scale() == Scale.LOGARITHMIC;
    return new Chart.Dimension(parameter.name(), logarithmic ? "log" : "value", List.of());
  }

  /** Choices are categories, whatever their type. */
  private static Object plain(Object value) {
    return value instanceof Boolean truth ? truth.toString() : value;
  }
}
