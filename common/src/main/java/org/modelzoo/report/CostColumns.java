package org.modelzoo.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.modelzoo.report.RunSummary.Cost;

/**
 * The cost columns of a table: parameters, stored images, trained images, core seconds and GPU
 * seconds. Columns without any value are omitted.
 */
public final class CostColumns {
  private static final Map<String, Function<RunSummary, Number>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("parameters", ofCost(Cost::parameters));
    ALL.put("stored images", ofCost(Cost::storedImages));
    ALL.put("trained images", RunSummary::trainImages);
    ALL.put("core s", ofCost(Cost::coreSeconds));
    ALL.put("card s", ofCost(cost -> cost.cardSeconds() > 0 ? cost.cardSeconds() : null));
  }

  private final Map<String, Function<RunSummary, Number>> columns = new LinkedHashMap<>(ALL);

  /**
   * @param runs all of the table
   */
  public CostColumns(List<RunSummary> runs) {
    columns.values().removeIf(number -> runs.stream().map(number).allMatch(Objects::isNull));
  }

  private static Function<RunSummary, Number> ofCost(Function<Cost, Number> number) {
    return run -> run.cost() == null ? null : number.apply(run.cost());
  }

  /** Names of the columns. */
  public List<String> header() {
    return List.copyOf(columns.keySet());
  }

  /**
   * A row's cells.
   *
   * @param runs that are averaged over; a number that one of them lacks is an empty cell
   */
  public List<String> cells(List<RunSummary> runs) {
    return columns.values().stream()
        .map(number -> mean(runs.stream().map(number).toList()))
        .toList();
  }

  private static String mean(List<Number> numbers) {
    return numbers.isEmpty() || numbers.contains(null)
        ? ""
        : String.format(
            Locale.ROOT,
            "%,.0f",
            numbers.stream().mapToDouble(Number::doubleValue).average().orElseThrow());
  }
}
