package org.modelzoo.spark.job;

import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunLease;

/**
 * A job whose directory is its only memory, so that the same command does what is missing; one
 * driver at a time works there, by its lease. Lives on the driver.
 */
public abstract class LeasedJob implements Job {
  private RunLease lease;
  private RunListener opener;

  /** Where it is done. */
  public abstract RunDirectory directory();

  /** What its news are said to be of. */
  protected abstract String label();

  /**
   * Does what is missing.
   *
   * @param lease of {@link #directory}, which covers what is inside it
   */
  protected abstract void run(RunLease lease, Farm farm, RunListener listener);

  @Override
  public final void open(RunListener listener) {
    lease = RunLease.take(directory(), remark -> listener.on(new RunEvent.Remark(label(), remark)));
    opener = listener;
    listener.on(new RunEvent.DirectoryOpened(lease.fence(directory())));
  }

  @Override
  public final void inApplication(String id) {
    lease.application(id);
  }

  @Override
  public final void run(Farm farm, RunListener listener) {
    run(lease, farm, listener);
  }

  @Override
  public final void close() {
    if (lease == null) {
      return;
    }
    try {
      opener.on(new RunEvent.DirectoryClosed(directory().uri(), isFinished()));
    } finally {
      // Whether it is finished is asked of the directory, which may fail.
      lease.close();
      lease = null;
    }
  }
}
