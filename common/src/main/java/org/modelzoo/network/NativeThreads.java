package org.modelzoo.network;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * How many native threads a member's operations use. ND4J's own limits are process-wide; OpenMP's,
 * which oneDNN follows, belongs to the calling thread.
 */
public final class NativeThreads {
  private NativeThreads() {}

  /** Call at the start of every task, on the task's own thread. */
  public static void use(int threadsPerMember) {
    Nd4j.getEnvironment().setMaxThreads(threadsPerMember);
    Nd4j.getEnvironment().setMaxMasterThreads(threadsPerMember);
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threadsPerMember);
  }
}
