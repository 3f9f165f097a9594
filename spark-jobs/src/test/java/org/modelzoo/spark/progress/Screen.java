package org.modelzoo.spark.progress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is on a terminal after all that was written to it, lines scrolled off the top included. */
final class Screen {
  private static final Pattern SEQUENCE = Pattern.compile("\u001b\\[(\\??)([0-9]*)([A-Za-z])");

  private final int columns;
  private final int rows;
  private final List<char[]> lines = new ArrayList<>();
  private int row;
  private int column;
  private boolean wraps = true;

  private Screen(int columns, int rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /** The lines down to the cursor. */
  static List<String> after(String written, int columns, int rows) {
    Screen screen = new Screen(columns, rows);
    screen.write(written);
    return screen.lines.stream().map(line -> new String(line).stripTrailing()).toList();
  }

  private void write(String text) {
    Matcher sequence = SEQUENCE.matcher(text);
    for (int i = 0; i < text.length(); i++) {
      if (sequence.region(i, text.length()).lookingAt()) {
        obey(sequence.group(1) + sequence.group(3), sequence.group(2));
        i = sequence.end() - 1;
      } else {
        put(text.charAt(i));
      }
    }
    line(row);
  }

  private void obey(String command, String number) {
    int top = Math.max(0, lines.size() - rows);
    switch (command) {
      case "A" -> row = Math.max(top, row - Integer.parseInt(number));
      case "K" -> Arrays.fill(line(row), 0, columns, ' ');
      case "J" -> {
        Arrays.fill(line(row), Math.min(column, columns - 1), columns, ' ');
        while (lines.size() > row + 1) {
          lines.remove(lines.size() - 1);
        }
      }
      case "?h" -> wraps = true;
      case "?l" -> wraps = false;
      default -> throw new IllegalArgumentException("unknown to this terminal: " + command);
    }
  }

  private void put(char character) {
    switch (character) {
      case '\r' -> column = 0;
      case '\n' -> {
        row++;
        column = 0;
        line(row);
      }
      default -> {
        if (column == columns && wraps) {
          row++;
          column = 0;
        }
        column = Math.min(column, columns - 1);
        line(row)[column++] = character;
      }
    }
  }

  private char[] line(int number) {
    while (lines.size() <= number) {
      char[] line = new char[columns];
      Arrays.fill(line, ' ');
      lines.add(line);
    }
    return lines.get(number);
  }
}
