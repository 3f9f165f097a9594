package org.modelzoo.network.layer;

import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The sum that ends a residual block: DL4J's own with fewer passes over memory. One of its inputs
 * must be the block's branch, the other its shortcut.
 */
public final class ResidualSum extends ElementWiseVertex {
  private static final long serialVersionUID = 1L;

  public ResidualSum() {
    super(Op.Add);
  }

  @Override
  public ResidualSum clone() {
    return new ResidualSum();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ResidualSum;
  }

  @Override
  public int hashCode() {
    return ResidualSum.class.hashCode();
  }

  @Override
  public GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialise,
      DataType type) {
    return new ResidualSumVertex(graph, name, index, type);
  }
}
