package org.modelzoo.report.run;

import static j2html.TagCreator.code;
import static j2html.TagCreator.details;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.text;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.modelzoo.base.Secrets;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.report.page.DataTable;
import org.modelzoo.report.page.Formats;
import org.modelzoo.report.page.Section;
import org.modelzoo.store.LineLog;
import org.modelzoo.store.MemberFile;
import org.modelzoo.store.RunIdentity;

/** What was run: configuration, seed, versions, places. */
final class Setup implements RunSection {
  @Override
  public Optional<Section> of(ReportInput reported) {
    ReportedRun run = reported.run();
    DataTable table = new DataTable(2, List.of("what", "value"));
    RunIdentity identity = run.identity();
    table.add(List.of("method", identity.method()));
    table.add(List.of("seed", Long.toString(identity.seed())));
    table.add(List.of("started", identity.started() == null ? "" : identity.started()));
    table.add(List.of("program", "Model Zoo " + identity.softwareVersion()));
    LineLog.ofEvents(run.directory())
        .readNewest(EventLines.MOST_BYTES, EventLines::platform)
        .ifPresent(platform -> table.add(List.of("platform", platform)));
    run.config().ifPresent(config -> add(table, config.values()));
    String executors =
        run.members().values().stream()
            .map(MemberFile::executor)
            .filter(executor -> executor != null)
            .distinct()
            .sorted()
            .collect(Collectors.joining("; "));
    table.add(List.of("executors", executors.isEmpty() ? "not recorded" : executors));
    table.add(List.of("configuration's SHA-256", identity.configurationFingerprint()));
    table.add(List.of("data's fingerprint", identity.dataFingerprint()));
    List<DomContent> content = new ArrayList<>(List.of(table.content()));
    run.config().ifPresent(config -> content.add(keys(config)));
    return Optional.of(
        new Section(
            "setup",
            "What was run",
            "The same configuration, data and seed give the same results, on any number of executors.",
            content));
  }

  private static void add(DataTable table, ModelZooConfig config) {
    table.add(
        List.of(
            "data",
            "%s, %s, images of %s"
                .formatted(
                    config.data().set().name(),
                    Formats.counted(config.data().set().tasks().size(), "task"),
                    config.data().set().source().shape())));
    table.add(List.of("network", config.network().name()));
    table.add(
        List.of(
            "training",
            "%d epochs, batches of %d, learning rate %s"
                .formatted(
                    config.training().epochs(),
                    config.training().batchSize(),
                    config.training().learningRate())));
    table.add(List.of("threads a member", Integer.toString(config.cluster().threadsPerMember())));
    table.add(
        List.of(
            "graphics cards a member",
            Formats.digits(config.cluster().gpusPerMember(), 2).replaceFirst("\\.0+$", "")));
  }

  private static DomContent keys(LoadedConfig config) {
    String changed = ChangedKeys.between(ConfigLoader.load(List.of(), List.of()), config);
    return details(
            summary("Configuration"),
            text("Keys that differ from the defaults, default → here:"),
            pre(code(changed)),
            text("All keys, config.conf:"),
            pre(code(Secrets.hiddenIn(config.render()))))
        .withClass("alternative");
  }
}
