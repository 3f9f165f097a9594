package org.modelzoo.spark.farm;

/**
 * A graphics card as nvidia-smi lists it.
 *
 * @param index its number on the host
 * @param uuid its name in the world
 * @param major compute capability before the point
 * @param minor compute capability after the point
 * @param megabytes its memory in 2²⁰ bytes
 */
record GraphicsCard(String index, String uuid, String name, int major, int minor, long megabytes) {
  /** What {@link #isSupported} lets through, for messages. */
  static final String SUPPORTED =
      "nd4j-cuda 11.6 has code for compute capability 3.7 to 8.9 (for example P100, V100, T4, A100,"
          + " A10, L4; not H100 and newer)";

  /** Whether nd4j-cuda 11.6 has machine code for it; it holds none that could be translated. */
  boolean isSupported() {
    return major < 9 && (major > 3 || (major == 3 && minor >= 7));
  }

  /** Whether Spark means this card. */
  boolean hasAddress(String address) {
    return address.equals(index) || address.equals(uuid);
  }

  /** One line for people. */
  String description() {
    return "card %s: %s, compute capability %d.%d, %d MB"
        .formatted(index, name, major, minor, megabytes);
  }
}
