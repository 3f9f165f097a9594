package org.modelzoo.report.run;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.modelzoo.data.TaskImages;

/**
 * What a report is about.
 *
 * @param run the one that it shows
 * @param others that it is compared with: baselines first, then those that were named
 * @param damages of runs that could not be read
 * @param images reads a task's images; empty where they are not to be shown
 */
public record ReportInput(
    ReportedRun run,
    List<ReportedRun> others,
    List<String> damages,
    Optional<IntFunction<TaskImages>> images) {}
