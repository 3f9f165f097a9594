package org.modelzoo.board.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.base.Secrets;
import org.modelzoo.board.BoardIndex;
import org.modelzoo.board.Entry;
import org.modelzoo.board.EntryFields;
import org.modelzoo.board.Filter;
import org.modelzoo.board.IndexedEntry;
import org.modelzoo.board.Order;
import org.modelzoo.board.scan.BoardRoot;
import org.modelzoo.board.scan.EntryDetails;
import org.modelzoo.board.scan.EntrySections;
import org.modelzoo.board.scan.EventTail;
import org.modelzoo.board.scan.SeenEntry;
import org.modelzoo.board.use.UsableZoo;
import org.modelzoo.board.use.WantedZoo;
import org.modelzoo.board.use.ZooUse;
import org.modelzoo.store.RunDirectory;

/** The JSON interface, {@code openapi.yaml}, but for the stream of changes. */
final class BoardApi {
  static final String PREFIX = "/api/v1";

  private static final Duration FOR_DETAILS = Duration.ofSeconds(20);
  private static final Duration FOR_SECTIONS = Duration.ofMinutes(2);
  private static final int MOST_ROWS = 5000;

  /** No id is a word. */
  private static final String NO_PARENT = "none";

  private static final String MISSING =
      "there is no such entry; it was deleted, or is of another board";

  private final BoardIndex index;
  private final List<BoardRoot> roots;
  private final Configuration hadoop;
  private final ZooUse use;

  BoardApi(BoardIndex index, List<BoardRoot> roots, Configuration hadoop, ZooUse use) {
    this.index = index;
    this.roots = List.copyOf(roots);
    this.hadoop = hadoop;
    this.use = use;
  }

  void addTo(Routes routes) {
    routes
        .on(PREFIX + "/entries", this::entries)
        .on(PREFIX + "/entries.csv", this::csv)
        .on(PREFIX + "/entries/{id}", this::details)
        .on(PREFIX + "/entries/{id}/sections", this::sections)
        .on(PREFIX + "/entries/{id}/events", this::events)
        .on(PREFIX + "/entries/{id}/configuration.conf", this::configuration)
        .on(PREFIX + "/entries/{id}/tasks", this::tasks)
        .onImage(PREFIX + "/entries/{id}/predictions", this::predict)
        .on(PREFIX + "/openapi.yaml", parameters -> description());
  }

  private Answer entries(Parameters parameters) {
    BoardIndex.Page page =
        index.page(
            filter(parameters),
            order(parameters),
            parameters.number("offset", 0, 0, Integer.MAX_VALUE),
            parameters.number("limit", 100, 0, MOST_ROWS));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("version", page.version());
    answer.put("total", page.total());
    answer.put("matching", page.matching());
    answer.put("offset", page.offset());
    answer.put("entries", page.entries());
    answer.put("roots", roots.stream().map(BoardRoot::state).toList());
    return Answer.json(answer);
  }

  private static Predicate<IndexedEntry> filter(Parameters parameters) {
    Predicate<IndexedEntry> filter = Filter.of(parameters.text("filter"));
    List<String> kinds = words(parameters, "kind");
    List<String> states = words(parameters, "state");
    String parent = parameters.text("parent");
    return entry ->
        (kinds.isEmpty() || kinds.contains(entry.entry().kind().word()))
            && (states.isEmpty() || states.contains(entry.entry().state().word()))
            && (parent.isEmpty() || parent.equals(parentOf(entry)))
            && filter.test(entry);
  }

  /** The id of what an entry belongs to, or the word for nothing. */
  private static String parentOf(IndexedEntry entry) {
    String parent = entry.entry().parent();
    return parent == null ? NO_PARENT : parent;
  }

  /** Several are written with commas between. */
  private static List<String> words(Parameters parameters, String name) {
    String text = parameters.text(name);
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(",", -1));
  }

  private static Comparator<IndexedEntry> order(Parameters parameters) {
    String sort = parameters.text("sort");
    return Order.of(sort.isEmpty() ? "-updated" : sort);
  }

  private Answer csv(Parameters parameters) {
    BoardIndex.Page page = index.page(filter(parameters), order(parameters), 0, Integer.MAX_VALUE);
    StringWriter text = new StringWriter();
    try (CSVPrinter printer =
        new CSVPrinter(text, CSVFormat.DEFAULT.builder().setRecordSeparator('\n').build())) {
      printer.printRecord(EntryFields.names());
      for (Entry entry : page.entries()) {
        List<Object> row = new ArrayList<>();
        EntryFields.names().forEach(name -> row.add(cell(EntryFields.value(entry, name))));
        printer.printRecord(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer doesn't fail", e);
    }
    return Answer.download(
        "text/csv; charset=utf-8", "entries.csv", text.toString().getBytes(UTF_8));
  }

  /** Spreadsheets take words that begin so for formulas. */
  private static Object cell(Object value) {
    return value instanceof String word && word.matches("(?s)[=+@\\t\\r-].*") ? "'" + word : value;
  }

  private Answer details(Parameters parameters) {
    return reading(
        parameters,
        FOR_DETAILS,
        entry ->
            Answer.json(EntryDetails.read(entry, id -> index.find(id).map(IndexedEntry::entry))));
  }

  private Answer sections(Parameters parameters) {
    List<String> ids = words(parameters, "with");
    if (ids.size() > EntrySections.MOST_OTHERS) {
      return Answer.error(
          400,
          "\"with\" names %d runs; it compares at most %d"
              .formatted(ids.size(), EntrySections.MOST_OTHERS));
    }
    List<SeenEntry> others = new ArrayList<>();
    for (String id : ids) {
      Optional<Found> other = find(id);
      if (other.isEmpty()) {
        return Answer.error(404, "of \"with\": " + MISSING);
      }
      others.add(other.get().entry());
    }
    return reading(
        parameters, FOR_SECTIONS, entry -> Answer.json(EntrySections.read(entry, others, hadoop)));
  }

  private Answer events(Parameters parameters) {
    int offset = parameters.number("offset", 0, 0, 1_000_000);
    int limit = parameters.number("limit", 200, 1, 1000);
    return reading(
        parameters,
        FOR_DETAILS,
        entry ->
            Answer.json(
                entry
                    .directory()
                    .map(run -> EventTail.read(run, offset, limit))
                    .orElse(new EventTail.Events(List.of(), null))));
  }

  private Answer configuration(Parameters parameters) {
    return reading(
        parameters,
        FOR_DETAILS,
        entry ->
            entry
                .directory()
                .flatMap(BoardApi::stored)
                .map(
                    text ->
                        Answer.download(
                            "text/plain; charset=utf-8",
                            "configuration.conf",
                            Secrets.hiddenIn(text).getBytes(UTF_8)))
                .orElseGet(() -> Answer.error(404, "this entry has no configuration")));
  }

  private static Optional<String> stored(RunDirectory run) {
    return run.findText("config.conf");
  }

  private Answer tasks(Parameters parameters) {
    return reading(parameters, FOR_SECTIONS, entry -> Answer.json(UsableZoo.read(entry, hadoop)));
  }

  /** A file system that is slow holds up its own root; networks run elsewhere. */
  private Answer predict(Parameters parameters, byte[] image) {
    Optional<Found> found = find(parameters.inPath("id"));
    if (found.isEmpty()) {
      return Answer.error(404, MISSING);
    }
    WantedZoo wanted =
        found
            .get()
            .root()
            .read(
                () -> WantedZoo.find(found.get().entry(), parameters.text("task"), hadoop),
                FOR_SECTIONS);
    return Answer.json(use.predict(wanted, image));
  }

  private Answer reading(Parameters parameters, Duration most, Reading reading) {
    Optional<Found> found = find(parameters.inPath("id"));
    return found.isEmpty()
        ? Answer.error(404, MISSING)
        : found.get().root().read(() -> reading.of(found.get().entry()), most);
  }

  private Optional<Found> find(String id) {
    return roots.stream()
        .map(root -> root.find(id).map(entry -> new Found(root, entry)).orElse(null))
        .filter(Objects::nonNull)
        .findFirst();
  }

  static Answer description() {
    try (InputStream in = BoardApi.class.getResourceAsStream("openapi.yaml")) {
      return Answer.of(
          "application/yaml; charset=utf-8",
          Objects.requireNonNull(in, "openapi.yaml").readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("the program's jar can't be read", e);
    }
  }

  /** The status that tells of an error of this kind. */
  static int status(ErrorKind kind) {
    return switch (kind) {
      case CONFIGURATION -> 400;
      case DATA -> 404;
      case CLUSTER -> 503;
      case TRAINING, BUG -> 500;
    };
  }

  static Answer error(ModelZooException error) {
    return Answer.error(status(error.kind()), Secrets.hiddenIn(error.getMessage()));
  }

  private record Found(BoardRoot root, SeenEntry entry) {}

  /** Makes an answer of what it reads. */
  @FunctionalInterface
  private interface Reading {
    Answer of(SeenEntry entry) throws Exception;
  }
}
