package org.modelzoo.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.modelzoo.base.KebabCase;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.ParameterConfig;
import org.modelzoo.config.TrialResource;
import org.modelzoo.search.Study;
import org.modelzoo.search.Trial;
import org.modelzoo.search.TrialState;

/** The best trials of a search for a terminal, and what became of all. */
public final class TrialsTable {
  private static final int SHOWN = 10;

  private TrialsTable() {}

  /** The table of a study as it stands. */
  public static String of(ModelZooConfig config, Study study) {
    List<String> keys = config.search().space().stream().map(ParameterConfig::key).toList();
    TrialResource resource = TrialResource.of(config);
    List<String> header = new ArrayList<>(List.of("trial"));
    keys.forEach(key -> header.add(shortName(key, keys)));
    header.addAll(List.of(KebabCase.of(config.search().objective()), resource.unit()));
    TextTable table = new TextTable(0, header);
    for (Trial trial : best(study, config.search().objective().isMaximised() ? -1 : 1)) {
      List<String> row = new ArrayList<>(List.of(Integer.toString(trial.number())));
      keys.forEach(key -> row.add(text(trial.parameters().get(key))));
      row.add(String.format(Locale.ROOT, "%.4f", trial.value().orElseThrow()));
      row.add(Integer.toString(trial.resource()));
      table.add(row);
    }
    return table
        + "%d trials: %s; %,d images%n"
            .formatted(
                study.started(),
                study.counts().entrySet().stream()
                    .filter(count -> count.getValue() > 0)
                    .map(TrialsTable::count)
                    .collect(Collectors.joining(", ")),
                study.images());
  }

  /** Those trained furthest first, the best of them before. */
  private static List<Trial> best(Study study, int sign) {
    return study.trials().stream()
        .filter(trial -> trial.value().isPresent() && trial.state() != TrialState.DIVERGED)
        .sorted(
            Comparator.comparingInt((Trial trial) -> -trial.resource())
                .thenComparingDouble(trial -> sign * trial.value().orElseThrow())
                .thenComparingInt(Trial::number))
        .limit(SHOWN)
        .toList();
  }

  /** A key's last word where that is clear. */
  private static String shortName(String key, List<String> keys) {
    String last = key.substring(key.lastIndexOf('.') + 1);
    long alike = keys.stream().filter(other -> other.endsWith("." + last)).count();
    return alike == 1 ? last : key;
  }

  private static String text(Object value) {
    if (value == null) {
      return "–";
    }
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%.4g", number)
        : value.toString();
  }

  private static String count(Map.Entry<TrialState, Integer> count) {
    return count.getValue() + " " + KebabCase.of(count.getKey());
  }
}
