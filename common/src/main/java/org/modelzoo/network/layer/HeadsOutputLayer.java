package org.modelzoo.network.layer;

import static org.modelzoo.network.kernel.Nd4jOperations.Transposition.PLAIN;
import static org.modelzoo.network.kernel.Nd4jOperations.Transposition.TRANSPOSED;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseOutputLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.modelzoo.network.kernel.Kernels;
import org.modelzoo.network.kernel.Nd4jOperations;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a {@link HeadsOutput}. */
public final class HeadsOutputLayer extends BaseOutputLayer<HeadsOutput> {
  private static final long serialVersionUID = 1L;

  /** Loss of the batch the gradient was last computed for; DL4J asks for the score after it. */
  private transient MaskedCrossEntropy.Result result;

  private transient int correct;

  private final transient Kernels kernels;

  HeadsOutputLayer(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
    kernels = Kernels.forType(type);
  }

  /** Images of the last training batch whose label had the largest logit of its head. */
  public int correct() {
    return correct;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray features = kernels.rows(input, ArrayType.FF_WORKING_MEM, workspaces);
    return logits(features, workspaces, ArrayType.ACTIVATIONS);
  }

  private INDArray logits(INDArray features, LayerWorkspaceMgr workspaces, ArrayType purpose) {
    INDArray logits =
        workspaces.createUninitialized(
            purpose, input.dataType(), new long[] {input.size(0), layerConf().outputs()}, 'c');
    INDArray weights = getParam(HeadsOutput.WEIGHTS);
    Nd4jOperations.product(features, PLAIN, weights, PLAIN, logits);
    return logits.addiRowVector(getParam(HeadsOutput.BIAS));
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray unused, LayerWorkspaceMgr workspaces) {
    INDArray features = kernels.rows(input, ArrayType.BP_WORKING_MEM, workspaces);
    INDArray logits = logits(features, workspaces, ArrayType.BP_WORKING_MEM);
    result = layerConf().loss().evaluate(labels, logits);
    correct = result.correct();
    INDArray delta = result.gradient();
    INDArray weightGradient = gradientViews.get(HeadsOutput.WEIGHTS);
    Nd4jOperations.product(features, TRANSPOSED, delta, PLAIN, weightGradient);
    INDArray biasGradient = gradientViews.get(HeadsOutput.BIAS);
    biasGradient.assign(delta.sum(0));
    INDArray rowGradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, input.dataType(), features.shape(), 'c');
    Nd4jOperations.product(delta, PLAIN, getParam(HeadsOutput.WEIGHTS), TRANSPOSED, rowGradient);
    INDArray inputGradient =
        kernels.images(rowGradient, input, ArrayType.ACTIVATION_GRAD, workspaces);
    Gradient gradient = new DefaultGradient();
    gradientViews.forEach(gradient::setGradientFor);
    return new Pair<>(gradient, inputGradient);
  }

  @Override
  public double computeScore(
      double regularisation, boolean training, LayerWorkspaceMgr workspaces) {
    MaskedCrossEntropy.Result current =
        result != null ? result : layerConf().loss().evaluate(labels, workingLogits(workspaces));
    score = current.sum() / input.size(0) + regularisation;
    return score;
  }

  @Override
  public INDArray computeScoreForExamples(double regularisation, LayerWorkspaceMgr workspaces) {
    INDArray logits = workingLogits(workspaces);
    INDArray scores = layerConf().loss().computeScoreArray(labels, logits, null, maskArray);
    return workspaces.leverageTo(ArrayType.ACTIVATIONS, scores.addi(regularisation));
  }

  @Override
  protected INDArray getLabels2d(LayerWorkspaceMgr workspaces, ArrayType purpose) {
    return labels;
  }

  @Override
  public double calcRegularizationScore(boolean backpropagatedParametersOnly) {
    return 0;
  }

  private INDArray workingLogits(LayerWorkspaceMgr workspaces) {
    INDArray features = kernels.rows(input, ArrayType.FF_WORKING_MEM, workspaces);
    return logits(features, workspaces, ArrayType.FF_WORKING_MEM);
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public Layer clone() {
    throw new UnsupportedOperationException("Clone the graph, not its layers");
  }

  @Override
  public void clear() {
    super.clear();
    result = null;
  }
}
