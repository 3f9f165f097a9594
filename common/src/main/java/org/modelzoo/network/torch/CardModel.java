package org.modelzoo.network.torch;

import java.util.Optional;
import org.bytedeco.cuda.cudart.cudaDeviceProp;
import org.bytedeco.pytorch.global.torch_cuda;
import org.modelzoo.base.KebabCase;
import org.modelzoo.config.Precision;

/**
 * What a network computes on, as far as it decides on precisions.
 *
 * @param name of the card, for people
 * @param major of its compute capability
 * @param minor of its compute capability
 */
record CardModel(String name, int major, int minor) {
  /** The first whose tensor cores know tensor-float32 and bfloat16. */
  private static final int AMPERE = 8;

  /** That of a card in this process. */
  static CardModel of(int card) {
    cudaDeviceProp properties = torch_cuda.getDeviceProperties((byte) card);
    return new CardModel(properties.name().getString(), properties.major(), properties.minor());
  }

  /** Why that precision can't be trained in here, with the next step; empty if it can. */
  Optional<String> problem(Precision precision) {
    return switch (precision) {
      case FLOAT32, FLOAT16 -> Optional.empty();
      case TENSOR_FLOAT32, BFLOAT16 ->
          major >= AMPERE
              ? Optional.empty()
              : Optional.of(
                  "%s needs a card of compute capability 8.0 or more, and this one, %s; set training.precision = float16 or float32"
                      .formatted(KebabCase.of(precision), describe("has ")));
    };
  }

  /** The same on a processor. */
  static Optional<String> problemOnProcessor(Precision precision) {
    return precision == Precision.TENSOR_FLOAT32
        ? Optional.of(
            "tensor-float32 needs an NVIDIA card, and the member computes on a processor; set training.precision = float32 or bfloat16, or cluster.gpus-per-member")
        : Optional.empty();
  }

  private String describe(String verb) {
    return "%s, %s%d.%d".formatted(name, verb, major, minor);
  }

  @Override
  public String toString() {
    return describe("compute capability ");
  }
}
