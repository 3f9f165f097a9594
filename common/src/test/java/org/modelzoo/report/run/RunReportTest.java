package org.modelzoo.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.report.page.Sections;
import org.modelzoo.store.CompactionFile;
import org.modelzoo.store.MemberFile;
import org.modelzoo.store.RunDirectory;

class RunReportTest {
  private static final Pattern SCRIPT = Pattern.compile("(?s)<script[^>]*>.*?</script>");
  private static final Pattern TAG = Pattern.compile("<[a-zA-Z][^>]*>");
  private static final Pattern REFERENCE =
      Pattern.compile("(?i)\\b(?:src|href|srcset|action|data|poster)\\s*=\\s*[\"']?([^\"'\\s>]*)");

  @TempDir private Path directory;

  @Test
  void aFinishedRunHasAllSections() throws Exception {
    String page = report(RunFixture.finished(directory.resolve("run")));
    assertThat(Sections.idsOf(page))
        .containsExactly(
            "key-figures",
            "setup",
            "accuracy",
            "accuracy-matrix",
            "tasks",
            "members",
            "relatedness",
            "timeline",
            "images",
            "troubles");
    assertThat(page)
        .contains("zoo of 3 tasks, seed 7: finished, 2 rounds.")
        .contains("round-001-member-01</th><td>diverged</td><td></td>");
  }

  @Test
  void membersThatWereEvaluatedHaveCurvesOverTheirEpochs() throws Exception {
    RunFixture run = new RunFixture(directory.resolve("run"), "zoo", RunFixture.config(directory));
    run.round(
        List.of(1.0, 1.0, 1.0),
        List.of(
            run.member(
                "round-000-member-00",
                List.of(1, 0),
                1_000,
                3_000,
                "local on a",
                List.of(
                    new MemberFile.Evaluation(10, List.of(0.7, 0.6), List.of(0.5, 0.625)),
                    new MemberFile.Evaluation(20, List.of(0.5, 0.4), List.of(0.75, 0.875))),
                .8,
                .6),
            run.member("round-000-member-01", List.of(0, 2), 1_500, 3_500, "local on a", .6, .5)),
        .75,
        .625,
        .5);

    String page = report(run);

    assertThat(Sections.idsOf(page)).containsSubsequence("members", "epochs", "relatedness");
    assertThat(page)
        .contains(
            "\"name\":\"round-000-member-00: trees, tall\",\"colour\":1,\"points\":[[10.0,50.0],[20.0,75.0]]",
            "\"name\":\"round-000-member-00: birds\",\"colour\":0,\"points\":[[10.0,62.5],[20.0,87.5]]",
            "round-000-member-00: birds</th><td class=\"number\">62.5</td><td class=\"number\">87.5</td>")
        .doesNotContain("round-000-member-01: ");
  }

  @Test
  void itNeedsNothingFromElsewhere() throws Exception {
    String page = report(RunFixture.finished(directory.resolve("run")));
    String markup = SCRIPT.matcher(page).replaceAll("");
    String tags =
        TAG.matcher(markup).results().map(MatchResult::group).collect(Collectors.joining());
    assertThat(REFERENCE.matcher(tags).results().map(it -> it.group(1)))
        .isNotEmpty()
        .allMatch(it -> it.startsWith("#") || it.startsWith("data:"));
    assertThat(markup).doesNotContain("http:", "https:", "url(", "@import", "<link", "<iframe");
    assertThat(SCRIPT.matcher(page).results().map(MatchResult::group))
        .noneMatch(script -> script.substring(0, script.indexOf('>')).contains("src"));
    assertThat(page).contains("default-src &#x27;none&#x27;");
    assertThat(page.length()).isLessThan(1_500_000);
  }

  @Test
  void saysWhatComputedTheMembers() throws Exception {
    assertThat(report(RunFixture.finished(directory.resolve("run"))))
        .contains("computed by", "torch, float16, 3 steps skipped");
  }

  @Test
  void namesFromFilesAreTextAndNothingElse() throws Exception {
    String page = report(RunFixture.finished(directory.resolve("run")));
    assertThat(page)
        .doesNotContain("<img src=\"x\"", "</script><img")
        .contains("&lt;/script&gt;&lt;img src=&quot;x&quot;")
        .contains("\\u003c/script>\\u003cimg src=\\\"x\\\"");
  }

  @Test
  void secretsInEventsOfOlderProgramsAreHidden() throws Exception {
    RunFixture run = RunFixture.finished(directory.resolve("run"));
    Files.writeString(
        directory.resolve("run/events.jsonl"),
        """
        {"event":"failed","at":"2025-01-01T00:00:00Z","message":"403 for fs.s3a.secret.key=pl4nted"}
        {"event":"remark","at":"2025-01-01T00:00:00Z","message":"no https://pl4nted@host/a?sig=pl4nted"}
        """);
    assertThat(report(run))
        .contains("failed: 403 for fs.s3a.secret.key=(hidden)", "no https://(hidden)@host/a?sig=")
        .doesNotContain("pl4nted");
  }

  @Test
  void aRunThatGoesOnShowsWhatThereIs() throws Exception {
    RunFixture run = new RunFixture(directory, "zoo", RunFixture.config(directory));
    assertThat(report(run))
        .contains("not finished, 0 of ", "There is no accuracy before the first round");
    run.round(
        List.of(1.0, 1.0, 1.0),
        List.of(run.member("round-000-member-00", List.of(0, 1), 1, 2, null, .8, .6)),
        .75,
        .625,
        .5);
    assertThat(report(run))
        .contains("not finished, 1 of ", "Where no executor is recorded")
        .contains("id=\"accuracy-matrix\"");
  }

  @Test
  void imagesThatAreOutOfReachAreSaidToBe() throws Exception {
    RunFixture run = RunFixture.finished(directory.resolve("run"));
    byte[] page = RunReport.of(run.directory, List.of(), Optional.of(new Configuration()));
    assertThat(new String(page, StandardCharsets.UTF_8))
        .contains("The images can&#x27;t be shown: There is nothing at");
  }

  @Test
  void baselinesInsideAndRunsElsewhereAreCompared() throws Exception {
    RunFixture run = RunFixture.finished(directory.resolve("run"));
    isolated(directory.resolve("run/baselines/isolated"), .5);
    RunFixture other = isolated(directory.resolve("other"), .75);
    String page =
        new String(
            RunReport.of(run.directory, List.of(other.directory), Optional.empty()),
            StandardCharsets.UTF_8);
    assertThat(page)
        .contains(
            "<th scope=\"row\">birds</th><td class=\"number\">87.5</td>"
                + "<td class=\"number\">50.0</td><td class=\"number\">+37.5</td>"
                + "<td class=\"number\">75.0</td><td class=\"number\">+12.5</td>")
        .contains("run (zoo)", "isolated (isolated)", "other (isolated)");
  }

  @Test
  void aBaselineThatCanNotBeReadIsARemark() throws Exception {
    RunFixture run = RunFixture.finished(directory.resolve("run"));
    isolated(directory.resolve("run/baselines/isolated"), .5);
    Files.writeString(directory.resolve("run/baselines/isolated/run.json"), "{}");
    assertThat(report(run))
        .contains("isolated/run.json is damaged")
        .doesNotContain("id=\"comparison\"");
  }

  @Test
  void aZooThatWasExportedWithFewerMembersShowsEverySize() throws Exception {
    RunFixture run = RunFixture.finished(directory.resolve("run"));
    run.directory.write(
        CompactionFile.NAME,
        new CompactionFile(
            CompactionFile.FORMAT_VERSION,
            "validation",
            2,
            List.of(size(3, null, .75, .5), size(2, "round-000-member-01", .625, .375))));
    assertThat(report(run))
        .contains("id=\"smaller-zoos\"")
        .contains(
            "<th scope=\"row\">2, exported</th><td>round-000-member-01</td>"
                + "<td class=\"number\">0.25</td><td class=\"number\">1</td>"
                + "<td class=\"number\">37.5</td><td class=\"number\">27.5</td>"
                + "<td class=\"number\">62.5</td><td class=\"number\">52.5</td>")
        .contains("\"marks\":[{\"at\":2.0,\"name\":\"exported\"}]");
  }

  private static CompactionFile.Size size(
      int members, String without, double validation, double test) {
    return new CompactionFile.Size(
        members, without, 250_000, 1, quality(validation), quality(test));
  }

  /** The zoo's own weights cost a tenth. */
  private static CompactionFile.Quality quality(double accuracy) {
    return new CompactionFile.Quality(accuracy, 1, accuracy - .1, 1);
  }

  @Test
  void runsThatRepeatTwoSettingsArePairedByTheirSeeds() throws Exception {
    RunFixture first = measured(directory.resolve("first"), "zoo", 1, .9);
    List<RunDirectory> others =
        List.of(
            measured(directory.resolve("second"), "zoo", 2, .8).directory,
            measured(directory.resolve("third"), "zoo", 3, .8).directory,
            measured(directory.resolve("one"), "isolated", 1, .6).directory,
            measured(directory.resolve("two"), "isolated", 2, .7).directory,
            measured(directory.resolve("single"), "multi-head", 1, .7).directory);
    String page =
        new String(RunReport.of(first.directory, others, Optional.empty()), StandardCharsets.UTF_8);
    // 0.3 and 0.1: mean 0.2, deviation 0.1414, t(0.975, 1) = 12.706, half width 1.2706
    assertThat(page)
        .contains(
            "<th scope=\"row\">birds</th><td class=\"number\">+20.0</td>"
                + "<td class=\"number\">−107.1 to +147.1</td><td class=\"number\">2</td></tr>")
        .contains("over isolated");
    assertThat(page).doesNotContain("over multi-head");
  }

  @Test
  void theGainOverAllTasksHasAnInterval() throws Exception {
    RunFixture run = measured(directory.resolve("run"), "zoo", 1, .9);
    RunFixture other = measured(directory.resolve("other"), "isolated", 1, .6);
    // 0.3, 0 and 0: mean 0.1, deviation 0.1732, t(0.975, 2) = 4.3027, half width 0.4303
    assertThat(
            new String(
                RunReport.of(run.directory, List.of(other.directory), Optional.empty()),
                StandardCharsets.UTF_8))
        .contains("<td class=\"number\">+10.0</td><td class=\"number\">−33.0 to +53.0</td>")
        .doesNotContain("Gains over the seeds");
  }

  private static RunFixture isolated(Path path, double birds) throws Exception {
    return measured(path, "isolated", 7, birds);
  }

  /** A run of one round whose first task has this accuracy, and the others one half. */
  private static RunFixture measured(Path path, String method, long seed, double birds)
      throws Exception {
    RunFixture run = new RunFixture(path, method, seed, RunFixture.config(path));
    run.round(
        List.of(1.0, 1.0, 1.0),
        List.of(run.member("round-000-member-00", List.of(0), 1, 2, null, birds)),
        birds,
        .5,
        .5);
    return run;
  }

  private static String report(RunFixture run) {
    return new String(
        RunReport.of(run.directory, List.of(), Optional.empty()), StandardCharsets.UTF_8);
  }
}
