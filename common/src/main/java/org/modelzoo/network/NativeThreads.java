package org.modelzoo.network;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * How many native threads a member's operations use. ND4J's limit is process-wide; OpenMP's, which
 * oneDNN follows, belongs to the calling thread.
 */
public final class NativeThreads {
  /**
   * OpenBLAS has threads of its own, which go on spinning for tens of milliseconds after each
   * operation and take the cores from OpenMP's. Only small products are left to it.
   */
  private static final int BLAS_THREADS = 1;

  private NativeThreads() {}

  /** Call at the start of every task, on the task's own thread. */
  public static void use(int threadsPerMember) {
    NativeSetup.ensure();
    if (Nd4j.factory().blas().getMaxThreads() != BLAS_THREADS) {
      Nd4j.factory().blas().setMaxThreads(BLAS_THREADS);
    }
    Nd4j.getEnvironment().setMaxThreads(threadsPerMember);
    Nd4j.getEnvironment().setMaxMasterThreads(threadsPerMember);
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threadsPerMember);
  }
}
