package org.modelzoo.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.modelzoo.store.Checksum;

/** What of a run directory must be the same, to the bit, however the run came about. */
public final class RunFilesOf {
  private static final List<String> TIMES =
      List.of("train_images_per_second", "wall_seconds", "sha256");

  private RunFilesOf() {}

  /** File name to content; of binary files the checksum, of the summary all but the times. */
  public static SortedMap<String, String> results(Path run) throws IOException {
    SortedMap<String, String> results = new TreeMap<>();
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = run.relativize(file).toString();
        if (name.endsWith("summary.json")) {
          ObjectNode summary = (ObjectNode) new ObjectMapper().readTree(file.toFile());
          if (summary.get("cost") instanceof ObjectNode cost) {
            cost.remove(List.of("core_seconds", "card_seconds"));
          }
          results.put(name, summary.remove(TIMES).toString());
        } else if (name.endsWith(".csv") || name.contains("rounds/")) {
          results.put(name, Files.readString(file));
        } else if (name.endsWith("outcome.json")) {
          JsonNode outcome = new ObjectMapper().readTree(file.toFile());
          results.put(name, outcome.path("evaluations").toString());
        } else if (name.endsWith("predictions.bin")) {
          results.put(name, Checksum.of(Files.readAllBytes(file)));
        }
      }
    }
    return results;
  }
}
