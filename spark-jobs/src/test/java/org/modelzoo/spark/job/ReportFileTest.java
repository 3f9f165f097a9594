package org.modelzoo.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.spark.progress.Sneaky;
import org.modelzoo.store.RunDirectory;

class ReportFileTest {
  @TempDir private Path directory;

  @Test
  void whateverGoesWrongIsARemark() {
    RunDirectory run = RunDirectory.at(directory.toString(), new Configuration());
    List<String> remarks = new ArrayList<>();
    for (Throwable error :
        List.of(
            new StackOverflowError(), new TimeoutException("late"), new AssertionError("odd"))) {
      ReportFile.write(
          run,
          () -> {
            Sneaky.sneak(error);
            return new byte[0];
          },
          remarks::add);
    }
    assertThat(remarks)
        .satisfiesExactly(
            remark -> assertThat(remark).contains("report.html can't be written", "StackOverflow"),
            remark -> assertThat(remark).contains("late"),
            remark -> assertThat(remark).contains("odd"));
  }
}
