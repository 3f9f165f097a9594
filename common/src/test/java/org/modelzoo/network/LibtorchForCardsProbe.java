package org.modelzoo.network;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch_cuda;

/** Loads libtorch for cards and computes on the processor; a program of its own. */
final class LibtorchForCardsProbe {
  private LibtorchForCardsProbe() {}

  public static void main(String[] arguments) {
    System.out.println("missing: " + CardRequirements.ofLibtorch().missing().orElse("nothing"));
    System.out.println("loaded: " + Loader.load(torch_cuda.class));
    try (Tensor sum = torch.ones(2, 2).sum()) {
      System.out.printf("sum %.0f on %d cards%n", sum.item_float(), torch_cuda.device_count());
    }
  }
}
