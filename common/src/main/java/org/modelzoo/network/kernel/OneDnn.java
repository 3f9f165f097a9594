package org.modelzoo.network.kernel;

import java.util.Arrays;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.cpu_isa;
import org.bytedeco.dnnl.global.dnnl.scratchpad_mode;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The oneDNN library in this JVM, and the order in which it likes images: in blocks of as many
 * channels as fit a vector register, [n, channels / block, height, width, block].
 */
final class OneDnn {
  private static final Logger LOG = LoggerFactory.getLogger(OneDnn.class);
  private static final OneDnn INSTANCE = load();

  final engine processor;

  /** Runs operations on the calling thread and its OpenMP threads, one after the other. */
  final stream queue;

  /** Of operations without any of their own. */
  final primitive_attr attributes = newAttributes();

  /** Channels in a block. */
  final int block;

  private final memory.format_tag blocked;
  private final String description;

  private OneDnn() {
    Loader.load(dnnl.class);
    processor = new engine(engine.kind.cpu, 0);
    queue = new stream(processor);
    boolean wide = has(cpu_isa.avx512_core);
    if (!has(cpu_isa.avx2)) {
      throw new UnsupportedOperationException("the processor has no AVX2");
    }
    block = wide ? 16 : 8;
    blocked = wide ? memory.format_tag.nChw16c : memory.format_tag.nChw8c;
    dnnl_version_t version = dnnl.dnnl_version();
    description =
        "oneDNN %d.%d.%d, %s"
            .formatted(
                version.major(), version.minor(), version.patch(), wide ? "AVX-512" : "AVX2");
  }

  /** A set of instructions is a set of bits that include those of older sets. */
  private static boolean has(cpu_isa instructions) {
    int available = dnnl.get_effective_cpu_isa().value;
    return (available & instructions.value) == instructions.value;
  }

  private static OneDnn load() {
    try {
      return new OneDnn();
    } catch (LinkageError | RuntimeException e) {
      LOG.warn("oneDNN can't be used here, ND4J's slower operations take its place: {}", e + "");
      return null;
    }
  }

  /**
   * Attributes of an operation whose working memory is ours: oneDNN's own belongs to the thread
   * that made the operation, and another thread must not run it.
   */
  static primitive_attr newAttributes() {
    primitive_attr attributes = new primitive_attr();
    attributes.set_scratchpad_mode(scratchpad_mode.user);
    return attributes;
  }

  static boolean isAvailable() {
    return INSTANCE != null;
  }

  static OneDnn instance() {
    return INSTANCE;
  }

  String description() {
    return description;
  }

  /** Describes images in blocks of channels. */
  memory.desc images(long images, long channels, long height, long width) {
    if (channels % block != 0) {
      throw new IllegalArgumentException(
          channels + " channels are not a multiple of " + block + ": oneDNN's kernels need that");
    }
    long[] sizes = {images, channels, height, width};
    return new memory.desc(sizes, memory.data_type.f32, blocked);
  }

  /** Describes an array that lies in one of oneDNN's plain orders. */
  static memory.desc plain(memory.format_tag order, long... sizes) {
    return new memory.desc(sizes, memory.data_type.f32, order);
  }

  /** Shape of the array that holds such images. */
  long[] shape(long images, long channels, long height, long width) {
    return new long[] {images, channels / block, height, width, block};
  }

  /** Sizes {images, channels, height, width} of an array of that shape. */
  static long[] sizes(INDArray images) {
    long[] shape = images.shape();
    if (shape.length != 5) {
      throw new IllegalArgumentException(
          "images of shape " + Arrays.toString(shape) + " are not in blocks of channels");
    }
    return new long[] {shape[0], shape[1] * shape[4], shape[2], shape[3]};
  }
}
