package org.modelzoo.network.layer;

import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.impl.ElementWiseVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.AddOp;
import org.nd4j.linalg.factory.Nd4j;

/** Runs a {@link ResidualSum}. */
@SuppressWarnings("overrides") // DL4J's classes differ in "INDArray..." and "INDArray[]"
final class ResidualSumVertex extends ElementWiseVertex {
  private static final long serialVersionUID = 1L;

  ResidualSumVertex(ComputationGraph graph, String name, int index, DataType type) {
    super(graph, name, index, Op.Add, type);
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray sum =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, inputs[0].dataType(), inputs[0].shape(), 'c');
    Nd4j.getExecutioner().exec(new AddOp(inputs[0], inputs[1], sum));
    return sum;
  }

  /**
   * Both inputs share one array. Where the block has branched, DL4J adds the branch's gradient to
   * it, and by then the branch, whose last layer reads it, has been passed.
   */
  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
    INDArray gradient = workspaces.dup(ArrayType.ACTIVATION_GRAD, epsilon);
    return new Pair<>(null, new INDArray[] {gradient, gradient});
  }
}
