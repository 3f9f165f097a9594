package org.modelzoo.network.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;

/** Builds networks with one of the implementations of the kernels. */
public final class KernelChoice {
  private KernelChoice() {}

  /** Skips the test where oneDNN is asked for and does not run on this machine. */
  public static <T> T with(String kernels, Supplier<T> builder) {
    assumeTrue(
        !kernels.equals("onednn") || OneDnnKernels.supports(DataType.FLOAT),
        "oneDNN does not run on this machine");
    System.setProperty(Kernels.PROPERTY, kernels);
    try {
      return builder.get();
    } finally {
      System.clearProperty(Kernels.PROPERTY);
    }
  }
}
