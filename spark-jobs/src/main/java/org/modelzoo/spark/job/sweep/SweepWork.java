package org.modelzoo.spark.job.sweep;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.SweepConfig;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.job.Job;
import org.modelzoo.spark.job.RunDirectories;
import org.modelzoo.spark.job.sweep.SweepJob.Failed;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunLease;

/** A sweep among other work; experiments that failed before stay so. Lives on the driver. */
public final class SweepWork implements Job {
  private final SweepConfig sweep;
  private final ModelZooConfig first;
  private final RunDirectory directory;
  private final SweepJob job;

  /**
   * Looks at data and run directories; writes nothing.
   *
   * @throws ModelZooException if data is missing or a directory belongs to something else
   */
  public SweepWork(SweepConfig sweep, Configuration hadoop) {
    this.sweep = sweep;
    this.first = sweep.experiments().get(0).config().values();
    this.directory = RunDirectories.of(sweep, hadoop);
    this.job = new SweepJob(sweep, directory, hadoop, name() + " ");
  }

  @Override
  public String name() {
    return sweep.name();
  }

  @Override
  public ModelZooConfig config() {
    return first;
  }

  @Override
  public RunDirectory directory() {
    return directory;
  }

  @Override
  public boolean isFinished() {
    return !job.hasWork(Failed.SKIP);
  }

  @Override
  public void run(RunLease lease, Farm farm, RunListener listener) {
    List<ModelZooException> errors = job.run(lease, farm, Failed.SKIP, listener);
    if (!errors.isEmpty()) {
      throw errors.get(0);
    }
  }

  @Override
  public Optional<ModelZooException> failure() {
    return job.failure();
  }

  @Override
  public String results() {
    return job.table().text();
  }
}
