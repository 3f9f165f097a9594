package org.modelzoo.network.torch;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.network.PoisonedDeviceException;

/** What libtorch's errors on a graphics card mean, by their messages: there is nothing else. */
enum CardFailure {
  OUT_OF_MEMORY(
      "out of memory",
      "CUBLAS_STATUS_ALLOC_FAILED",
      "CUDNN_STATUS_ALLOC_FAILED",
      "CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED"),
  POISONED(
      "illegal memory access",
      "misaligned address",
      "illegal instruction",
      "invalid program counter",
      "invalid address space",
      "device-side assert",
      "unspecified launch failure",
      "launch timed out",
      "hardware stack error",
      "uncorrectable ECC",
      "uncorrectable NVLink",
      "CUDA error: unknown error",
      "context is destroyed",
      "CUBLAS_STATUS_EXECUTION_FAILED",
      "CUDNN_STATUS_EXECUTION_FAILED"),
  OTHER;

  private static final Pattern AMOUNT =
      Pattern.compile("[Tt]ried to allocate ([0-9.]+ ?[KMGT]?i?B)");

  private final List<String> words;

  CardFailure(String... words) {
    this.words = List.of(words);
  }

  /** The first that the message speaks of. */
  static CardFailure of(String message) {
    String lower = message == null ? "" : message.toLowerCase(Locale.ROOT);
    for (CardFailure failure : values()) {
      if (failure.words.stream().anyMatch(word -> lower.contains(word.toLowerCase(Locale.ROOT)))) {
        return failure;
      }
    }
    return OTHER;
  }

  /**
   * The error as the program knows it.
   *
   * @param card number in this process
   */
  static RuntimeException translate(RuntimeException error, int card) {
    return switch (of(error.getMessage())) {
      case OUT_OF_MEMORY ->
          new ModelZooException(
              ErrorKind.CLUSTER,
              "card %d is out of memory%s; train fewer members a card (a greater cluster.gpus-per-member), or in smaller batches"
                  .formatted(card, amount(error.getMessage())),
              error);
      case POISONED ->
          new PoisonedDeviceException(
              "card %d can't be used by this process any more: %s"
                  .formatted(card, firstLine(error.getMessage())),
              error);
      case OTHER -> error;
    };
  }

  private static String amount(String message) {
    Matcher matcher = AMOUNT.matcher(message);
    return matcher.find() ? ": there are no further " + matcher.group(1) : "";
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("").strip();
  }
}
