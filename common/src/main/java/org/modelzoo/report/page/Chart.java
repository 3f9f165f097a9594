package org.modelzoo.report.page;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;

/**
 * What a chart shows, in no terms of the library that draws it: the page's scripts turn it into
 * that. NaN is a gap. Colours are numbers of a palette; the same number is the same thing in all
 * charts of a page.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public sealed interface Chart {
  /**
   * Curves; each can be hidden and the horizontal axis zoomed.
   *
   * @param names of the axes
   * @param marks places on the horizontal axis; empty for none
   */
  @JsonTypeName("lines")
  record Lines(Axes names, List<Line> lines, List<Place> marks) implements Chart {
    /** Curves without marks. */
    public Lines(Axes names, List<Line> lines) {
      this(names, lines, List.of());
    }
  }

  /** A place on an axis with a name. */
  record Place(double at, String name) {}

  /** Curves of which there are too many for names. */
  @JsonTypeName("curves")
  record Curves(Axes names, List<Line> lines) implements Chart {}

  /**
   * One curve.
   *
   * @param points x and y, and where there is a band its lower and its upper end
   */
  record Line(String name, int colour, List<double[]> points) {}

  /** Names of the axes, with their units. */
  record Axes(String x, String y) {}

  /**
   * A matrix of colours.
   *
   * @param columns their labels
   * @param rows their labels, the first one on top
   * @param cells all that have a value
   * @param marks dots over cells; empty for none
   */
  @JsonTypeName("heat-map")
  record HeatMap(
      Axes names,
      List<String> columns,
      List<String> rows,
      Scale scale,
      List<Cell> cells,
      List<Mark> marks)
      implements Chart {}

  /**
   * A cell of a matrix.
   *
   * @param text the value as it is shown
   * @param note further lines to be seen on touch
   */
  record Cell(int column, int row, double value, String text, List<String> note) {}

  /** A dot over a cell, the larger the more it stands for. */
  record Mark(int column, int row, int count) {}

  /**
   * How values become colours.
   *
   * @param type sequential from low to high, diverging around the middle, or sequential over the
   *     logarithm
   */
  record Scale(String type, double low, double high, String name) {}

  /**
   * What ran where and when.
   *
   * @param lanes their labels, the first one on top
   */
  @JsonTypeName("timeline")
  record Timeline(List<String> lanes, List<Bar> bars) implements Chart {}

  /**
   * A piece of work.
   *
   * @param from seconds since the beginning
   */
  record Bar(int lane, double from, double to, int colour, String name, List<String> note) {}

  /**
   * Values of several runs side by side, a row for each thing compared.
   *
   * @param rows their labels, the first one on top
   */
  @JsonTypeName("dots")
  record Dots(String name, List<String> rows, List<Values> runs) implements Chart {}

  /** The values of one run, one for each row. */
  record Values(String name, List<Double> values) {}

  /**
   * Points, and a line through some of them.
   *
   * @param line x and y; empty for none
   */
  @JsonTypeName("scatter")
  record Scatter(Axes names, List<Group> groups, String lineName, List<double[]> line)
      implements Chart {}

  /** Points of one kind; each can be hidden. */
  record Group(String name, int colour, List<Point> points) {}

  /**
   * A point.
   *
   * @param note lines to be seen on touch
   */
  record Point(double x, double y, List<String> note) {}

  /**
   * Many axes side by side, and a line across them for each thing.
   *
   * @param rows a value for each axis, null where there is none; the last one gives the colour
   */
  @JsonTypeName("parallel")
  record Parallel(List<Dimension> dimensions, List<List<Object>> rows) implements Chart {}

  /**
   * An axis.
   *
   * @param type value, log or category
   * @param categories of that type alone
   */
  record Dimension(String name, String type, List<String> categories) {}
}
