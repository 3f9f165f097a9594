package org.modelzoo.search.sampler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.base.Seeds;
import org.modelzoo.search.space.Choice;
import org.modelzoo.search.space.Domain;
import org.modelzoo.search.space.Fixed;
import org.modelzoo.search.space.Interval;
import org.modelzoo.search.space.Parameter;
import org.modelzoo.search.space.Space;

/**
 * Every combination of values once, in an order drawn by the seed, so that a budget which ends
 * early has seen all of the space. Of an interval so many values are taken, its ends among them; of
 * parameters that are not active, none.
 */
public final class GridSampler implements Sampler {
  private static final int MOST_POINTS = 100_000;

  private final Space space;
  private final long seed;
  private final int points;
  private final List<Map<String, Object>> grid = new ArrayList<>();

  /**
   * The grid of a space.
   *
   * @param points values of an interval
   * @throws ModelZooException (configuration) if there are more than 100,000 combinations
   */
  public GridSampler(Space space, long seed, int points) {
    this.space = space;
    this.seed = seed;
    this.points = points;
    addCombinations(0, new LinkedHashMap<>());
    Collections.shuffle(grid, new Random(Seeds.derive(seed, "search-grid")));
  }

  private void addCombinations(int index, Map<String, Object> chosen) {
    if (index == space.parameters().size()) {
      requireRoom();
      grid.add(new LinkedHashMap<>(chosen));
      return;
    }
    Parameter parameter = space.parameters().get(index);
    if (!parameter.isActive(chosen)) {
      addCombinations(index + 1, chosen);
      return;
    }
    for (Object value : values(parameter.domain())) {
      chosen.put(parameter.name(), value);
      addCombinations(index + 1, chosen);
      chosen.remove(parameter.name());
    }
  }

  private void requireRoom() {
    if (grid.size() == MOST_POINTS) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "the grid has more than %d combinations; lower search.sampler.grid-points, search fewer keys, or use the quasi-random sampler"
              .formatted(MOST_POINTS));
    }
  }

  private List<Object> values(Domain domain) {
    if (domain instanceof Fixed fixed) {
      return List.of(fixed.value());
    }
    if (domain instanceof Choice choice) {
      return choice.values();
    }
    return ((Interval) domain).spread(points);
  }

  @Override
  public Space space() {
    return space;
  }

  @Override
  public Map<String, Object> propose(int number, History history) {
    return grid.get(number);
  }

  @Override
  public int limit() {
    return grid.size();
  }

  @Override
  public String toString() {
    return "GridSampler[space=%s, seed=%d, points=%d]".formatted(space, seed, points);
  }
}
