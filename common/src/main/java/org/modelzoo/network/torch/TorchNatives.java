package org.modelzoo.network.torch;

import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch_cuda;
import org.modelzoo.network.CardRequirements;
import org.modelzoo.network.JavaCppVersions;
import org.modelzoo.network.NativeSetup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads libtorch, once in a process: the build for cards where it is on the class path and
 * everything that it needs is there, else that for processors.
 *
 * @param problem why there is none; empty if one is loaded
 * @param cardProblem why cards can't be used; empty if they can
 */
record TorchNatives(Optional<String> problem, Optional<String> cardProblem) {
  private static final Logger LOG = LoggerFactory.getLogger(TorchNatives.class);
  private static final String MISSING =
      "libtorch is not on the class path: build with mvn -Ptorch package (processors) or mvn -Pgpu package (NVIDIA cards) and give Spark the jars of spark-jobs/target/torch (or target/gpu) with --jars";
  private static final String FOR_PROCESSORS =
      "libtorch on the class path is the one for processors, and the member was given a card; build with mvn -Pgpu package and give Spark the jars of spark-jobs/target/gpu with --jars";

  /** Loaded when first asked for. */
  private static final class Here {
    static final TorchNatives LOADED = load();
  }

  /** What this process has. */
  static TorchNatives here() {
    return Here.LOADED;
  }

  private static TorchNatives load() {
    NativeSetup.ensure();
    JavaCppVersions.require();
    if (!has("-gpu")) {
      return withoutCards(FOR_PROCESSORS);
    }
    Optional<String> missing = CardRequirements.ofLibtorch().missing();
    if (missing.isPresent()) {
      return withoutCards(missing.get());
    }
    try {
      // Before torch, which doesn't bring CUDA; null where it or a library of NVIDIA's is missing.
      if (Loader.load(torch_cuda.class) == null) {
        return withoutCards(
            "libtorch for NVIDIA cards can't be loaded; look at the log of org.bytedeco at level debug");
      }
      Loader.load(torch.class);
      return new TorchNatives(Optional.empty(), Optional.empty());
    } catch (LinkageError | RuntimeException e) {
      return withoutCards("libtorch for NVIDIA cards can't be loaded: " + reason(e));
    }
  }

  private static TorchNatives withoutCards(String cardProblem) {
    if (!has("")) {
      return new TorchNatives(
          Optional.of(has("-gpu") ? cardProblem : MISSING), Optional.of(cardProblem));
    }
    try {
      Loader.load(torch.class);
      return new TorchNatives(Optional.empty(), Optional.of(cardProblem));
    } catch (LinkageError | RuntimeException e) {
      LOG.debug("libtorch can't be loaded", e);
      return new TorchNatives(
          Optional.of("libtorch can't be loaded: " + reason(e)), Optional.of(cardProblem));
    }
  }

  /** Whether there is a build for this platform with that extension. */
  private static boolean has(String extension) {
    String library =
        "org/bytedeco/pytorch/%s%s/libtorch.so".formatted(Loader.getPlatform(), extension);
    return TorchNatives.class.getClassLoader().getResource(library) != null;
  }

  private static String reason(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
