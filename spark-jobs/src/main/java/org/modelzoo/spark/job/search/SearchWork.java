package org.modelzoo.spark.job.search;

import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.data.DataCheck;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.job.Job;
import org.modelzoo.spark.job.Locations;
import org.modelzoo.spark.job.RunDirectories;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunLease;

/** A search among other work. Lives on the driver. */
public final class SearchWork implements Job {
  private final ModelZooConfig config;
  private final RunDirectory directory;
  private final SearchJob job;
  private Optional<String> best;

  /**
   * Looks at data and study directory; writes nothing.
   *
   * @throws ModelZooException if data is missing or the directory belongs to something else
   */
  public SearchWork(LoadedConfig given, Configuration hadoop) {
    LoadedConfig qualified = Locations.qualified(given, hadoop);
    this.config = qualified.values();
    this.directory = RunDirectories.of(config, hadoop);
    this.job = new SearchJob(qualified, directory, DataCheck.check(config.data(), hadoop));
    this.best = job.finished();
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
    return best.isPresent();
  }

  @Override
  public void run(RunLease lease, Farm farm, RunListener listener) {
    config.search().warnings().forEach(text -> listener.on(new RunEvent.Remark(name(), text)));
    best = Optional.of(job.run(lease, farm, listener));
  }

  @Override
  public void stop() {
    job.stop();
  }

  @Override
  public Optional<ModelZooException> failure() {
    return Optional.empty();
  }

  @Override
  public String results() {
    return best.orElse("not finished\n");
  }
}
