package org.modelzoo.network.kernel;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arithmetic of the layers for one kind of processor: the narrow door between the layers, which
 * know DL4J, and the native library that does the work. Runs on executors.
 *
 * <p>Between two layers of a network images lie in the order the kernels like best: NHWC [n,
 * height, width, channels] or, in blocks of channels, [n, channels / block, height, width, block].
 * What is saved, weights and predictions, does not depend on it: a member trained with one
 * implementation loads in another. A kernel serves one layer, by one thread at a time, and keeps
 * from a forward pass what its backward pass needs.
 */
public interface Kernels {
  /**
   * System property that chooses the implementation: {@code auto}, {@code onednn}, {@code nd4j}.
   */
  String PROPERTY = "modelzoo.kernels";

  /**
   * The kernels for networks of that precision on this machine: oneDNN for single precision on a
   * processor it supports, ND4J's operations otherwise (double precision, graphics cards).
   *
   * @throws IllegalArgumentException when the system property names none
   * @throws IllegalStateException when it asks for oneDNN where that can't be used
   */
  static Kernels forType(DataType type) {
    String choice = System.getProperty(PROPERTY, "auto");
    return switch (choice) {
      case "auto" -> OneDnnKernels.supports(type) ? new OneDnnKernels() : new Nd4jKernels();
      case "nd4j" -> new Nd4jKernels();
      case "onednn" -> OneDnnKernels.required(type);
      default ->
          throw new IllegalArgumentException(
              PROPERTY + " is \"" + choice + "\": it must be auto, onednn or nd4j");
    };
  }

  /** Name and version of the library, for people. */
  String description();

  ConvolutionKernel convolution(ConvolutionShape shape);

  BatchNormalizationKernel normalisation(BatchNormalizationShape shape);

  /** Maximum over windows that do not overlap, a rest at the edge left out; then a rectifier. */
  PoolingKernel maximumPooling(int size);

  /** Mean over all pixels of an image. */
  PoolingKernel imageMean();

  DropoutKernel dropout();

  /** Images as rows [n, height · width · channels] in NHWC order; rows stay. May be a view. */
  INDArray rows(INDArray images, ArrayType purpose, LayerWorkspaceMgr workspaces);

  /** The reverse of {@link #rows}, shaped like what came in there. May be a view. */
  INDArray images(INDArray rows, INDArray like, ArrayType purpose, LayerWorkspaceMgr workspaces);
}
