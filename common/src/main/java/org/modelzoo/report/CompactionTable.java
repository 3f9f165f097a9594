package org.modelzoo.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.modelzoo.store.CompactionFile;
import org.modelzoo.store.CompactionFile.Size;

/** A zoo's accuracy in every size, as text for a terminal. */
public final class CompactionTable {
  private CompactionTable() {}

  /**
   * The table; accuracies in percent, in brackets with the whole zoo's weights. The size that was
   * chosen is marked.
   *
   * @param memberMilliseconds that one network takes for an image, if it was measured
   */
  public static String of(CompactionFile compaction, OptionalDouble memberMilliseconds) {
    List<String> header = new ArrayList<>(List.of("", "members", "MB", "most for a task"));
    if (memberMilliseconds.isPresent()) {
      header.add("ms/image");
    }
    header.addAll(List.of(compaction.split(), "(averaged)", "test", "(averaged)"));
    TextTable table = new TextTable(1, header);
    for (Size size : compaction.sizes()) {
      List<String> row = new ArrayList<>();
      row.add(compaction.isChosen(size) ? "*" : "");
      row.add(Integer.toString(size.members()));
      row.add(format("%.2f", size.bytes() / 1e6));
      row.add(Integer.toString(size.mostMembersOfTask()));
      memberMilliseconds.ifPresent(
          milliseconds -> row.add(format("%.2f", size.mostMembersOfTask() * milliseconds)));
      row.add(format("%.2f", 100 * size.chosenOn().accuracy()));
      row.add(format("(%.2f)", 100 * size.chosenOn().averagedAccuracy()));
      row.add(format("%.2f", 100 * size.test().accuracy()));
      row.add(format("(%.2f)", 100 * size.test().averagedAccuracy()));
      table.add(row);
    }
    return table.toString();
  }

  /** With a decimal point, wherever the terminal is. */
  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
