package org.modelzoo.board;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The columns of the table by their names in answers, for filtering, sorting and downloads. */
public final class EntryFields {
  private static final Map<String, Function<Entry, Object>> FIELDS = fields();

  private EntryFields() {}

  private static Map<String, Function<Entry, Object>> fields() {
    Map<String, Function<Entry, Object>> fields = new LinkedHashMap<>();
    fields.put("id", Entry::id);
    fields.put("root", Entry::root);
    fields.put("path", Entry::path);
    fields.put("name", Entry::name);
    fields.put("kind", entry -> entry.kind().word());
    fields.put("parent", Entry::parent);
    fields.put("children", Entry::children);
    fields.put("state", entry -> entry.state().word());
    fields.put("reason", Entry::reason);
    fields.put("method", entry -> entry.subject().method());
    fields.put("data", entry -> entry.subject().data());
    fields.put("network", entry -> entry.subject().network());
    fields.put("engine", entry -> entry.subject().engine());
    fields.put("precision", entry -> entry.subject().precision());
    fields.put("device", entry -> entry.subject().device());
    fields.put("seed", entry -> entry.subject().seed());
    fields.put("done", entry -> entry.advance().done());
    fields.put("planned", entry -> entry.advance().planned());
    fields.put("unit", entry -> entry.advance().unit());
    fields.put("eta", entry -> entry.advance().eta());
    fields.put("accuracy", entry -> entry.results().accuracy());
    fields.put("forgetting", entry -> entry.results().forgetting());
    fields.put("imagesPerSecond", entry -> entry.results().imagesPerSecond());
    fields.put("cardSeconds", entry -> entry.results().cardSeconds());
    fields.put("coreSeconds", entry -> entry.results().coreSeconds());
    fields.put("started", Entry::started);
    fields.put("updated", Entry::updated);
    fields.put("owner", Entry::owner);
    return fields;
  }

  /** All names, in the order of the columns. */
  public static List<String> names() {
    return List.copyOf(FIELDS.keySet());
  }

  /** Whether there is such a column. */
  public static boolean has(String name) {
    return FIELDS.containsKey(name);
  }

  /** A value of a column: a string, a number, or null where it isn't known. */
  public static Object value(Entry entry, String name) {
    return FIELDS.get(name).apply(entry);
  }
}
