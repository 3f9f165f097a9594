package org.modelzoo.network.layer;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.modelzoo.network.layer.LayerParameters.Parameter;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What our layer configurations share. They are told their sizes when the network is planned and
 * infer nothing from DL4J's input types, so those methods do nothing.
 */
public abstract class ImageLayer extends BaseLayer implements LayerParameters.Parameterised {
  private static final long serialVersionUID = 1L;

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public void initialise(Map<String, INDArray> parameters) {}

  @Override
  public ParamInitializer initializer() {
    return LayerParameters.instance();
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    return inputType;
  }

  @Override
  public void setNIn(InputType inputType, boolean override) {}

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    return null;
  }

  @Override
  public boolean isPretrainParam(String name) {
    return false;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    throw new UnsupportedOperationException(
        "DL4J's memory report does not know this layer; use Networks.trainingMemoryBytes");
  }
}
