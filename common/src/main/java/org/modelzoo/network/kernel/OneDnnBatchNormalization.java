package org.modelzoo.network.kernel;

import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.normalization_flags;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalisation by oneDNN, with the rectifier in the same pass: it keeps a bit for each value
 * that passed.
 */
final class OneDnnBatchNormalization implements BatchNormalizationKernel {
  private final BatchNormalizationShape shape;
  private final RecentShapes<Inference> inferences = new RecentShapes<>(Inference::new);
  private final RecentShapes<Training> trainings = new RecentShapes<>(Training::new);

  OneDnnBatchNormalization(BatchNormalizationShape shape) {
    this.shape = shape;
  }

  @Override
  public INDArray infer(
      INDArray input,
      INDArray mean,
      INDArray variance,
      INDArray scale,
      INDArray shift,
      LayerWorkspaceMgr workspaces) {
    OneDnnOperation operation = inferences.of(OneDnn.sizes(input)).operation;
    return normalise(operation, input, mean, variance, scale, shift, workspaces);
  }

  @Override
  public INDArray train(
      INDArray input,
      INDArray scale,
      INDArray shift,
      INDArray mean,
      INDArray variance,
      LayerWorkspaceMgr workspaces) {
    OneDnnOperation operation = trainings.of(OneDnn.sizes(input)).forward;
    return normalise(operation, input, mean, variance, scale, shift, workspaces);
  }

  private static INDArray normalise(
      OneDnnOperation operation,
      INDArray input,
      INDArray mean,
      INDArray variance,
      INDArray scale,
      INDArray shift,
      LayerWorkspaceMgr workspaces) {
    INDArray output = create(ArrayType.ACTIVATIONS, input, workspaces);
    operation
        .at(dnnl.DNNL_ARG_SRC, input)
        .at(dnnl.DNNL_ARG_MEAN, mean)
        .at(dnnl.DNNL_ARG_VARIANCE, variance)
        .at(dnnl.DNNL_ARG_SCALE, scale)
        .at(dnnl.DNNL_ARG_SHIFT, shift)
        .at(dnnl.DNNL_ARG_DST, output)
        .run();
    return output;
  }

  @Override
  public INDArray backward(
      INDArray input,
      INDArray outputGradient,
      INDArray mean,
      INDArray variance,
      INDArray scale,
      INDArray scaleGradient,
      INDArray shiftGradient,
      LayerWorkspaceMgr workspaces) {
    INDArray inputGradient = create(ArrayType.ACTIVATION_GRAD, input, workspaces);
    trainings
        .of(OneDnn.sizes(input))
        .backward
        .at(dnnl.DNNL_ARG_SRC, input)
        .at(dnnl.DNNL_ARG_DIFF_DST, outputGradient)
        .at(dnnl.DNNL_ARG_MEAN, mean)
        .at(dnnl.DNNL_ARG_VARIANCE, variance)
        .at(dnnl.DNNL_ARG_SCALE, scale)
        // Asked for, though no gradient depends on the shift.
        .at(dnnl.DNNL_ARG_SHIFT, scale)
        .at(dnnl.DNNL_ARG_DIFF_SCALE, scaleGradient)
        .at(dnnl.DNNL_ARG_DIFF_SHIFT, shiftGradient)
        .at(dnnl.DNNL_ARG_DIFF_SRC, inputGradient)
        .run();
    return inputGradient;
  }

  private static INDArray create(ArrayType purpose, INDArray like, LayerWorkspaceMgr workspaces) {
    return workspaces.createUninitialized(purpose, like.dataType(), like.shape(), 'c');
  }

  private int flags() {
    int scaled = normalization_flags.use_scale.value | normalization_flags.use_shift.value;
    return shape.rectified() ? scaled | normalization_flags.fuse_norm_relu.value : scaled;
  }

  private batch_normalization_forward.primitive_desc forwardPass(
      prop_kind kind, memory.desc images, int flags) {
    return new batch_normalization_forward.primitive_desc(
        new batch_normalization_forward.desc(kind.value, images, (float) shape.epsilon(), flags),
        OneDnn.instance().attributes,
        OneDnn.instance().processor);
  }

  private OneDnnOperation forward(
      batch_normalization_forward.primitive_desc pass, memory.desc images) {
    return new OneDnnOperation(new batch_normalization_forward(pass), pass)
        .moving(dnnl.DNNL_ARG_SRC, images)
        .moving(dnnl.DNNL_ARG_DST, images)
        .moving(dnnl.DNNL_ARG_MEAN, vector())
        .moving(dnnl.DNNL_ARG_VARIANCE, vector())
        .moving(dnnl.DNNL_ARG_SCALE, vector())
        .moving(dnnl.DNNL_ARG_SHIFT, vector());
  }

  private memory.desc vector() {
    return OneDnn.plain(memory.format_tag.a, shape.channels());
  }

  /** The operation for images of one size. */
  private final class Inference {
    private final OneDnnOperation operation;

    Inference(long[] sizes) {
      memory.desc images = OneDnn.instance().images(sizes[0], sizes[1], sizes[2], sizes[3]);
      int flags = flags() | normalization_flags.use_global_stats.value;
      operation = forward(forwardPass(prop_kind.forward_inference, images, flags), images);
    }
  }

  /** The operations for images of one size. */
  private final class Training {
    private final OneDnnOperation forward;
    private final OneDnnOperation backward;

    Training(long[] sizes) {
      memory.desc images = OneDnn.instance().images(sizes[0], sizes[1], sizes[2], sizes[3]);
      batch_normalization_forward.primitive_desc forwardPass =
          forwardPass(prop_kind.forward_training, images, flags());
      forward = forward(forwardPass, images);
      batch_normalization_backward.primitive_desc backwardPass =
          new batch_normalization_backward.primitive_desc(
              new batch_normalization_backward.desc(
                  prop_kind.backward.value, images, images, (float) shape.epsilon(), flags()),
              OneDnn.instance().attributes,
              OneDnn.instance().processor,
              forwardPass);
      backward =
          new OneDnnOperation(new batch_normalization_backward(backwardPass), backwardPass)
              .moving(dnnl.DNNL_ARG_SRC, images)
              .moving(dnnl.DNNL_ARG_DIFF_DST, images)
              .moving(dnnl.DNNL_ARG_DIFF_SRC, images)
              .moving(dnnl.DNNL_ARG_MEAN, vector())
              .moving(dnnl.DNNL_ARG_VARIANCE, vector())
              .moving(dnnl.DNNL_ARG_SCALE, vector())
              .moving(dnnl.DNNL_ARG_SHIFT, vector())
              .moving(dnnl.DNNL_ARG_DIFF_SCALE, vector())
              .moving(dnnl.DNNL_ARG_DIFF_SHIFT, vector());
      if (shape.rectified()) {
        memory passed = OneDnnOperation.allocate(forwardPass.workspace_desc());
        forward.fixed(dnnl.DNNL_ARG_WORKSPACE, passed);
        backward.fixed(dnnl.DNNL_ARG_WORKSPACE, passed);
      }
    }
  }
}
