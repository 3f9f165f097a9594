package org.modelzoo.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What of a study must be the same, to the bit, however it came about. */
public final class StudyFilesOf {
  private StudyFilesOf() {}

  /** File name to content without times and places. */
  public static SortedMap<String, String> results(Path study) throws IOException {
    ObjectNode summary =
        (ObjectNode) new ObjectMapper().readTree(study.resolve("study.json").toFile());
    summary.remove("wall_seconds");
    SortedMap<String, String> results = new TreeMap<>();
    summary.fields().forEachRemaining(it -> results.put(it.getKey(), it.getValue().toString()));
    results.put("trials.csv", withoutSeconds(Files.readAllLines(study.resolve("trials.csv"))));
    results.put(
        "best.conf",
        Files.readAllLines(study.resolve("best.conf")).stream()
            .filter(line -> !line.strip().startsWith("directory = "))
            .collect(Collectors.joining("\n")));
    return results;
  }

  /** Where the rows have no commas of their own. */
  private static String withoutSeconds(List<String> rows) {
    int column = List.of(rows.get(0).split(",", -1)).indexOf("seconds");
    return rows.stream()
        .map(row -> withoutCell(row.split(",", -1), column))
        .collect(Collectors.joining("\n"));
  }

  private static String withoutCell(String[] cells, int column) {
    cells[column] = "";
    return String.join(",", cells);
  }
}
