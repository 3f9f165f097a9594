package org.modelzoo.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.config.Method;
import org.modelzoo.report.page.Sections;
import org.modelzoo.run.Round;
import org.modelzoo.run.RunHistory;
import org.modelzoo.run.SplitScore;
import org.modelzoo.store.MemberFile;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunIdentity;

class LargeRunReportTest {
  private static final int TASKS = 1000;
  private static final int ROUNDS = 1500;
  private static final int TASKS_OF_MEMBER = 5;

  @TempDir private Path directory;

  private final SplittableRandom random = new SplittableRandom(1);
  private RunHistory history = RunHistory.EMPTY;
  private final Map<String, MemberFile> members = new LinkedHashMap<>();
  private final List<String> tasks =
      IntStream.range(0, TASKS).mapToObj(task -> "family-1-task-" + task).toList();

  @Test
  void aRunOfAThousandTasksHasAPageThatABrowserOpens() {
    for (int round = 0; round < ROUNDS; round++) {
      add(round);
    }
    byte[] page = RunReport.of(new ReportInput(run(), List.of(), List.of(), Optional.empty()));

    assertThat(page.length).isLessThan(10_000_000);
    assertThat(new String(page, StandardCharsets.UTF_8))
        .contains("100 of 1,500 rounds are shown. 100 of 1,000 tasks are shown.")
        .contains("The newest 1,000 of 1,500 members")
        .contains("The 1,000 members of 1,500 that started last are shown.");
    assertThat(Sections.idsOf(new String(page, StandardCharsets.UTF_8)))
        .contains("accuracy", "accuracy-matrix", "tasks", "members", "timeline");
  }

  private void add(int round) {
    List<Integer> trained =
        random.ints(0, TASKS).distinct().limit(TASKS_OF_MEMBER).boxed().toList();
    String id = "round-%03d-member-00".formatted(round);
    List<SplitScore> scores =
        trained.stream()
            .map(task -> new SplitScore(task, Split.TEST, 0.5, random.nextDouble()))
            .toList();
    List<SplitScore> all =
        IntStream.range(0, TASKS)
            .mapToObj(task -> new SplitScore(task, Split.TEST, 0.5, random.nextDouble()))
            .toList();
    history =
        history.with(
            new Round(
                round,
                Collections.nCopies(TASKS, 1.0),
                List.of(
                    Round.Member.completed(
                        id, trained, Collections.nCopies(TASKS_OF_MEMBER, 1.0), scores)),
                all));
    members.put(
        id,
        new MemberFile(
            1,
            id,
            trained,
            3,
            5_000,
            1000L * round,
            1000L * round + 900,
            List.of(),
            "",
            "",
            null,
            "a",
            List.of(),
            null));
  }

  private ReportedRun run() {
    return new ReportedRun(
        RunDirectory.at(directory.toString(), new Configuration()),
        new RunIdentity(2, "0.1", "zoo", 7, "c0ffee", "da7a", null, List.of()),
        Method.ZOO,
        Optional.empty(),
        tasks,
        history,
        members,
        Optional.empty(),
        Optional.empty(),
        1,
        List.of());
  }
}
