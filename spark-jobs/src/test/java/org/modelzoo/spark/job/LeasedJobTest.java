package org.modelzoo.spark.job;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunLease;

class LeasedJobTest {
  @TempDir private Path directory;

  @Test
  void theLeaseIsGivenBackAlthoughTheDirectoryCannotBeAsked() {
    RunDirectory run = RunDirectory.at(directory.toString(), new Configuration());
    LeasedJob job = new Unreadable(run);
    job.open(event -> {});
    assertThatThrownBy(() -> RunLease.take(run, remark -> {}))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining("works on");

    assertThatThrownBy(job::close).hasMessage("the file system fails");

    assertThatCode(() -> RunLease.take(run, remark -> {}).close()).doesNotThrowAnyException();
  }

  /** A job that can't tell whether it is finished. */
  private static final class Unreadable extends LeasedJob {
    private final RunDirectory run;

    Unreadable(RunDirectory run) {
      this.run = run;
    }

    @Override
    public boolean isFinished() {
      throw new ModelZooException(ErrorKind.CLUSTER, "the file system fails");
    }

    @Override
    public RunDirectory directory() {
      return run;
    }

    @Override
    public String name() {
      return "unreadable";
    }

    @Override
    protected String label() {
      return name();
    }

    @Override
    public ModelZooConfig config() {
      throw new UnsupportedOperationException();
    }

    @Override
    protected void run(RunLease lease, Farm farm, RunListener listener) {}

    @Override
    public String results() {
      return "";
    }
  }
}
