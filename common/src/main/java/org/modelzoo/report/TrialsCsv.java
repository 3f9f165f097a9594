package org.modelzoo.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.modelzoo.base.KebabCase;
import org.modelzoo.search.Trial;

/**
 * {@code trials.csv} of a search: a row for each trial in the order of starting. A parameter that
 * is not active has no value, and a trial that finished no rung none of the objective.
 */
public final class TrialsCsv {
  private TrialsCsv() {}

  /**
   * The file's bytes.
   *
   * @param parameters names of the columns
   */
  public static byte[] of(List<String> parameters, List<Trial> trials) {
    List<String> header = new ArrayList<>(List.of("trial", "origin", "state"));
    header.addAll(parameters);
    header.addAll(List.of("value", "resource", "rungs", "images", "seconds", "message"));
    CsvText csv = new CsvText(header);
    for (Trial trial : trials) {
      List<Object> row = new ArrayList<>();
      row.add(trial.number());
      row.add(KebabCase.of(trial.origin()));
      row.add(KebabCase.of(trial.state()));
      parameters.forEach(parameter -> row.add(trial.parameters().get(parameter)));
      row.add(trial.value().isPresent() ? trial.value().getAsDouble() : null);
      row.add(trial.resource());
      row.add(trial.outcomes().size());
      row.add(trial.images());
      row.add(Math.round(1000 * trial.seconds()) / 1000.0);
      row.add(message(trial));
      csv.add(row);
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String message(Trial trial) {
    return trial.outcomes().isEmpty()
        ? ""
        : trial.outcomes().get(trial.outcomes().lastKey()).message();
  }
}
