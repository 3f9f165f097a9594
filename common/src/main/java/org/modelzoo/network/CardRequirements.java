package org.modelzoo.network;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an engine's library needs of a machine with NVIDIA cards. Loads nothing.
 *
 * @param library with its version, for people
 * @param machineCode compute capabilities that it holds code for; it holds none that the driver
 *     could translate
 * @param cards the same for people, with examples
 * @param otherwise what serves other cards
 * @param driver least series of NVIDIA's driver
 * @param jars a file that its jars bring, as a resource
 * @param build how to get these jars
 * @param libraries of NVIDIA's, as the linker knows them
 * @param source where these come from
 */
public record CardRequirements(
    String library,
    List<String> machineCode,
    String cards,
    String otherwise,
    int driver,
    String jars,
    String build,
    List<String> libraries,
    String source) {
  private static final String LIBTORCH = "org/bytedeco/pytorch/linux-x86_64-gpu/libtorch_cuda.so";
  private static final String DRIVER_LIBRARY = "libcuda.so.1";
  private static final List<String> CUDNN_9 =
      List.of(
          "libcudnn.so.9",
          "libcudnn_ops.so.9",
          "libcudnn_cnn.so.9",
          "libcudnn_adv.so.9",
          "libcudnn_graph.so.9");

  /** ND4J's backend. */
  public static CardRequirements ofNd4j() {
    return new CardRequirements(
        "nd4j-cuda 11.6",
        List.of("3.7", "5.0", "5.2", "6.0", "6.1", "7.0", "7.5", "8.0", "8.6"),
        "compute capability 3.7 to 8.9 (for example P100, V100, T4, A100, A10, L4; not H100 and newer)",
        "build with -Pgpu, which serves T4 to B200",
        510,
        "org/nd4j/linalg/jcublas/JCublasBackend.class",
        "build with -Pcuda and give Spark the jars of spark-jobs/target/cuda (nd4j-cuda-11.6 and its natives) with --jars",
        List.of(DRIVER_LIBRARY, "libcublas.so.11", "libcusolver.so.11", "libcudnn.so.8"),
        "CUDA 11.6 and cuDNN 8");
  }

  /** The libtorch that the program was built with. */
  public static CardRequirements ofLibtorch() {
    return ofLibtorch(JavaCppVersions.of("pytorch"));
  }

  /**
   * A libtorch.
   *
   * @param version of its bindings, for example 2.10.0-1.5.13
   */
  static CardRequirements ofLibtorch(String version) {
    String number = version.substring(0, version.indexOf('-'));
    String build = "give Spark the jars of spark-jobs/target/gpu (mvn -Pgpu%s package) with --jars";
    if (number.equals("2.7.1")) {
      return new CardRequirements(
          "libtorch " + number,
          List.of("5.0", "6.0", "7.0", "8.0", "9.0"),
          "compute capability 5.0 to 9.0 (for example P100, V100, T4, A100, L4, H100)",
          "for newer ones build with -Pgpu alone, for older ones with -Pcuda",
          525,
          LIBTORCH,
          build.formatted(" -Dlibtorch=" + number),
          libraries(
              "libcudart.so.12",
              "libcupti.so.12",
              "libcublas.so.12",
              "libcublasLt.so.12",
              "libcusparse.so.12",
              "libcusolver.so.11",
              "libcusolverMg.so.11",
              "libcufft.so.11",
              "libcurand.so.10",
              "libcufile.so.0"),
          "CUDA 12.9 and cuDNN 9");
    }
    return new CardRequirements(
        "libtorch " + number,
        List.of("7.5", "8.0", "9.0", "10.0", "10.3", "12.0", "12.1"),
        "compute capability 7.5 to 10.3 and 12.x (for example T4, A100, L4, H100, B200, RTX 50)",
        "for V100 and older ones build with -Pcuda, or with -Pgpu -Dlibtorch=2.7.1",
        580,
        LIBTORCH,
        build.formatted(""),
        libraries(
            "libcudart.so.13",
            "libcupti.so.13",
            "libcublas.so.13",
            "libcublasLt.so.13",
            "libcusparse.so.12",
            "libcusolver.so.12",
            "libcusolverMg.so.12",
            "libcufft.so.12",
            "libcurand.so.10",
            "libcufile.so.0",
            "libnccl.so.2"),
        "CUDA 13, cuDNN 9 and NCCL 2");
  }

  private static List<String> libraries(String... ofCuda) {
    return Stream.of(Stream.of(DRIVER_LIBRARY), Stream.of(ofCuda), CUDNN_9.stream())
        .flatMap(names -> names)
        .toList();
  }

  /** Whether a card of that compute capability runs the code: of its own major, not newer. */
  public boolean hasCodeFor(int major, int minor) {
    return machineCode.stream()
        .map(capability -> capability.split("\\."))
        .anyMatch(code -> Integer.parseInt(code[0]) == major && Integer.parseInt(code[1]) <= minor);
  }

  /** Whether its jars are on the class path. */
  boolean hasJars() {
    return CardRequirements.class.getClassLoader().getResource(jars) != null;
  }

  /** What isn't there of its jars and of NVIDIA's libraries, with the next step. */
  public Optional<String> missing() {
    return missing(CardRequirements.class.getClassLoader(), SharedLibraries.here());
  }

  Optional<String> missing(ClassLoader classPath, SharedLibraries system) {
    if (classPath.getResource(jars) == null) {
      return Optional.of(
          "%s for NVIDIA cards isn't on the class path (no %s); %s"
              .formatted(library, jars, build));
    }
    List<String> absent = libraries.stream().filter(name -> !system.has(name)).toList();
    return absent.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s can't be loaded: there is no %s; they come with NVIDIA's driver (libcuda.so.1), %s: install these on the machine or in the image, and name their directory in LD_LIBRARY_PATH"
                .formatted(library, String.join(", ", absent), source));
  }
}
