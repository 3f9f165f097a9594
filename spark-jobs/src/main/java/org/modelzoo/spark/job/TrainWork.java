package org.modelzoo.spark.job;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.data.CheckedData;
import org.modelzoo.data.DataCheck;
import org.modelzoo.report.ResultTable;
import org.modelzoo.report.RunSummary;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunLease;

/** One experiment among other work. Lives on the driver. */
public final class TrainWork implements Job {
  private final ModelZooConfig config;
  private final RunDirectory directory;
  private final TrainJob job;
  private List<RunSummary> summaries;

  /**
   * Looks at data and run directory; writes nothing.
   *
   * @throws ModelZooException if data is missing or the directory belongs to something else
   */
  public TrainWork(LoadedConfig given, Configuration hadoop) {
    LoadedConfig qualified = Locations.qualified(given, hadoop);
    this.config = qualified.values();
    this.directory = RunDirectories.of(config, hadoop);
    CheckedData data = DataCheck.check(config.data(), hadoop);
    this.job = new TrainJob(qualified, directory, data, name() + " ");
    this.summaries = job.finished();
  }

  @Override
  public String name() {
    return config.experiment().name();
  }

  @Override
  public ModelZooConfig config() {
    return config;
  }

  @Override
  public RunDirectory directory() {
    return directory;
  }

  @Override
  public boolean isFinished() {
    return !summaries.isEmpty();
  }

  @Override
  public void run(RunLease lease, Farm farm, RunListener listener) {
    summaries = job.run(lease, farm, listener);
  }

  @Override
  public Optional<ModelZooException> failure() {
    return Optional.empty();
  }

  @Override
  public String results() {
    return isFinished() ? ResultTable.of(summaries) : "not finished\n";
  }
}
