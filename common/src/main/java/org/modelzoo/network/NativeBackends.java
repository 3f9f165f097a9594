package org.modelzoo.network;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.factory.Nd4jBackend;

/**
 * The backends of ND4J on the class path, and which of them can't be used here. ND4J itself takes
 * another one without a word, or says no more than that there is none. Runs on executors.
 */
public final class NativeBackends {
  /** Looked for once: a library that can't be loaded says why only the first time. */
  private static final Found FOUND = find();

  private NativeBackends() {}

  /** The backends that can't be used, each with the reason. Call it before ND4J is used at all. */
  public static List<String> unusable() {
    return FOUND.unusable();
  }

  /** Whether one of them can be used. */
  public static boolean areUsable() {
    return FOUND.any();
  }

  /**
   * Goes on where there is a backend that can be used.
   *
   * @throws ModelZooException (cluster) where there is none, saying why, or where the versions of
   *     libraries don't fit together
   */
  public static void require() {
    JavaCppVersions.require();
    FOUND.require();
  }

  private static Found find() {
    NativeSetup.ensure();
    return Found.among(
        ServiceLoader.load(Nd4jBackend.class, ND4JClassLoading.getNd4jClassloader()));
  }

  /**
   * What a look at all backends gave: whether one can be used, and what is wrong with the others.
   */
  record Found(boolean any, List<String> unusable) {
    static Found among(Iterable<Nd4jBackend> backends) {
      List<String> unusable = new ArrayList<>();
      boolean any = false;
      for (Nd4jBackend backend : backends) {
        try {
          any |= backend.isAvailable();
        } catch (RuntimeException | LinkageError e) {
          unusable.add(backend.getClass().getSimpleName() + ": " + innermost(e));
        }
      }
      return new Found(any, List.copyOf(unusable));
    }

    void require() {
      if (!any) {
        throw new ModelZooException(
            ErrorKind.CLUSTER,
            "%s; build the program for what members train on (processors: mvn package; NVIDIA cards: mvn -Pcuda package, and give Spark the jars of spark-jobs/target/cuda)"
                .formatted(
                    unusable.isEmpty()
                        ? "there is no backend of ND4J on the class path"
                        : "the native library can't be loaded: " + String.join("; ", unusable)));
      }
    }

    private static String innermost(Throwable error) {
      Throwable cause = error;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
  }
}
