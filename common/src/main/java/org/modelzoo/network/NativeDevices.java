package org.modelzoo.network;

import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The graphics cards of ND4J's CUDA backend, by their number in this process; with the CPU backend
 * there are none. Runs on executors.
 */
public final class NativeDevices {
  private NativeDevices() {}

  /** Whether operations run on graphics cards. Loads the native library. */
  public static boolean areUsed() {
    return Nd4j.getExecutioner().type() == ExecutionerType.CUDA;
  }

  /** Cards that CUDA shows to this process. */
  public static int visible() {
    return Nd4j.getAffinityManager().getNumberOfDevices();
  }

  /** The card of the calling thread; 0 without cards. */
  public static int current() {
    return areUsed() ? Nd4j.getAffinityManager().getDeviceForCurrentThread() : 0;
  }

  /** Lets the operations of the calling thread run on a card, from the next one on. */
  public static void use(int device) {
    AffinityManager affinity = Nd4j.getAffinityManager();
    if (affinity.getDeviceForCurrentThread() != device) {
      // The thread's streams belong to the card that its last task had.
      Nd4j.getMemoryManager().releaseCurrentContext();
      affinity.unsafeSetDevice(device);
    }
  }

  /** Frees the calling thread's workspaces on its card. */
  public static void release() {
    Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
  }
}
