package org.modelzoo.network.kernel;

/**
 * Sizes of a square convolution without bias.
 *
 * @param inputs channels of the input
 * @param outputs channels of the output
 * @param kernel height and width of the window in pixels
 * @param stride pixels from window to window
 * @param padding zeros added at each edge
 * @param first whether the input are the images themselves: NHWC always, and without a gradient
 */
public record ConvolutionShape(
    int inputs, int outputs, int kernel, int stride, int padding, boolean first) {
  /** Height or width of the output for that of the input. */
  public int outputSize(int inputSize) {
    return (inputSize + 2 * padding - kernel) / stride + 1;
  }
}
