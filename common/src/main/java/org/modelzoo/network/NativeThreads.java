package org.modelzoo.network;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * How many native threads a member's operations use. ND4J's own limits and those of OpenBLAS, which
 * has threads of its own, are process-wide; OpenMP's, which oneDNN follows, belongs to the calling
 * thread.
 */
public final class NativeThreads {
  private NativeThreads() {}

  /** Call at the start of every task, on the task's own thread. */
  public static void use(int threadsPerMember) {
    Nd4j.getEnvironment().setMaxThreads(threadsPerMember);
    Nd4j.getEnvironment().setMaxMasterThreads(threadsPerMember);
    if (Nd4j.factory().blas().getMaxThreads() != threadsPerMember) {
      Nd4j.factory().blas().setMaxThreads(threadsPerMember);
    }
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threadsPerMember);
  }
}
