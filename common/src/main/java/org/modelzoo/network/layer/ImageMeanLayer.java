package org.modelzoo.network.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastCopyOp;
import org.nd4j.linalg.factory.Nd4j;

/** Runs an {@link ImageMean}. */
final class ImageMeanLayer extends FixedLayer<ImageMean> {
  private static final long serialVersionUID = 1L;

  ImageMeanLayer(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray means =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS,
            input.dataType(),
            new long[] {input.size(0), 1, 1, input.size(3)},
            'c');
    NativeOperations.imageMean(input, means);
    return means;
  }

  /** Every pixel gets an equal share; the native backward pass of the mean is very slow. */
  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray outputGradient, LayerWorkspaceMgr workspaces) {
    INDArray inputGradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, input.dataType(), input.shape(), 'c');
    long images = input.size(0);
    long pixels = input.size(1) * input.size(2);
    long channels = input.size(3);
    INDArray share = outputGradient.reshape('c', images, channels).div(pixels);
    INDArray target = inputGradient.reshape('c', images, pixels, channels);
    Nd4j.getExecutioner().exec(new BroadcastCopyOp(target, share, target, 0, 2));
    return new Pair<>(new DefaultGradient(), inputGradient);
  }
}
