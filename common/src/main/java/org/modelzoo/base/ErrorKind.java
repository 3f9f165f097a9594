package org.modelzoo.base;

/** What went wrong, in the terms of the person who has to act on it; each kind is an exit code. */
public enum ErrorKind {
  /** Wrong option or configuration value; nothing was started. */
  CONFIGURATION(2),
  /** Input data is missing, truncated or not what it claims to be. */
  DATA(3),
  /** The cluster, a device, or the run directory's file system failed. */
  CLUSTER(4),
  /** Training itself failed, for example diverged. */
  TRAINING(5),
  /** The program did what it never should; nothing the user could change. */
  BUG(1);

  private final int exitCode;

  ErrorKind(int exitCode) {
    this.exitCode = exitCode;
  }

  /** The exit code of the process that ends with this kind of error. */
  public int exitCode() {
    return exitCode;
  }
}
