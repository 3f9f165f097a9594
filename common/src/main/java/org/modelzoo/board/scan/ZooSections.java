package org.modelzoo.board.scan;

import static j2html.TagCreator.details;
import static j2html.TagCreator.summary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.modelzoo.report.page.DataTable;
import org.modelzoo.report.page.Formats;
import org.modelzoo.report.page.PageContent;
import org.modelzoo.report.page.Section;
import org.modelzoo.zoo.ZooManifest;

/** The sections of an exported zoo, by its manifest; no member is loaded. */
final class ZooSections {
  /** Names in one cell of a table. */
  private static final int MOST_NAMES = 20;

  private static final int MOST_MEMBERS = 500;

  private ZooSections() {}

  /**
   * What an archive is.
   *
   * @param bytes of the archive; empty where that isn't known
   */
  static PageContent of(ZooManifest zoo, OptionalLong bytes) {
    List<Section> sections = new ArrayList<>();
    sections.add(tasks(zoo));
    members(zoo).ifPresent(sections::add);
    sections.add(origin(zoo, bytes));
    return new PageContent(
        zoo.name(),
        "An exported zoo of %s for images of %s."
            .formatted(Formats.counted(zoo.members().size(), "member"), zoo.image()),
        sections,
        "");
  }

  private static Section tasks(ZooManifest zoo) {
    DataTable table = new DataTable(2, List.of("task", "class names", "classes", "members"));
    for (int task = 0; task < zoo.tasks().size(); task++) {
      List<String> classes = zoo.tasks().get(task).classes();
      table.add(
          List.of(
              zoo.tasks().get(task).name(),
              joined(classes),
              Formats.count(classes.size()),
              Formats.count(zoo.membersOf(task).size())));
    }
    return Section.of(
        "tasks",
        "Tasks",
        "What the zoo can tell apart, and how many of its members answer for each task.",
        table.content());
  }

  private static Optional<Section> members(ZooManifest zoo) {
    if (zoo.members().isEmpty()) {
      return Optional.empty();
    }
    DataTable table = new DataTable(3, List.of("member", "network", "tasks"));
    for (ZooManifest.Member member : zoo.members().stream().limit(MOST_MEMBERS).toList()) {
      table.add(
          List.of(
              member.id(),
              member.network().name(),
              joined(member.heads().stream().map(head -> shown(zoo, head)).toList())));
    }
    String which =
        zoo.members().size() > MOST_MEMBERS
            ? " The first %d of %s are shown."
                .formatted(MOST_MEMBERS, Formats.count(zoo.members().size()))
            : "";
    return Optional.of(
        Section.of(
            "members",
            "Members",
            "Each with the tasks that it was trained on. A number behind a task is the member's weight in its ensemble, where that is not 1."
                + which,
            details(summary(Formats.counted(zoo.members().size(), "member")), table.content())
                .withClass("alternative")));
  }

  private static String shown(ZooManifest zoo, ZooManifest.Head head) {
    String task = zoo.tasks().get(head.task()).name();
    return head.weight() == 1 ? task : task + " ×" + Formats.digits(head.weight(), 3);
  }

  private static Section origin(ZooManifest zoo, OptionalLong bytes) {
    DataTable table = new DataTable(2, List.of("what", "value"));
    table.add(List.of("experiment", zoo.name()));
    table.add(List.of("trained by", "Model Zoo " + zoo.softwareVersion()));
    table.add(
        List.of(
            "networks",
            joined(zoo.members().stream().map(it -> it.network().name()).distinct().toList())));
    table.add(List.of("images", zoo.image().toString()));
    table.add(
        List.of(
            "normalisation",
            "mean %s, deviation %s"
                .formatted(
                    Formats.digits(zoo.normalisation().mean(), 4),
                    Formats.digits(zoo.normalisation().deviation(), 4))));
    bytes.ifPresent(
        it -> table.add(List.of("archive", String.format(Locale.ROOT, "%,.1f MB", it / 1e6))));
    if (zoo.compaction() != null) {
      table.add(
          List.of(
              "compacted",
              "from %s, by %s images"
                  .formatted(
                      Formats.counted(zoo.compaction().sizes().get(0).members(), "member"),
                      zoo.compaction().split())));
    }
    return Section.of(
        "origin", "Origin", "Where the zoo comes from, by its own account.", table.content());
  }

  private static String joined(List<String> names) {
    String first = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
    return names.size() > MOST_NAMES
        ? first + " and %s more".formatted(Formats.count(names.size() - MOST_NAMES))
        : first;
  }
}
