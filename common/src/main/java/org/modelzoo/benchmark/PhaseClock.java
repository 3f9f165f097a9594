package org.modelzoo.benchmark;

import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Looks at the clock between the phases of a training step; reads nothing and changes nothing. */
final class PhaseClock extends BaseTrainingListener {
  private long forwardEnd;
  private long backwardEnd;

  /** Listens to a network from now on. */
  static PhaseClock on(ComputationGraph graph) {
    PhaseClock clock = new PhaseClock();
    graph.setListeners(clock);
    return clock;
  }

  @Override
  public void onForwardPass(Model model, Map<String, INDArray> activations) {
    forwardEnd = now();
  }

  @Override
  public void onBackwardPass(Model model) {
    backwardEnd = now();
  }

  /** The phases of the step that began at a time and has just ended. */
  StepTime since(long begin) {
    return StepTime.of(forwardEnd - begin, backwardEnd - forwardEnd, now() - backwardEnd);
  }

  /** The time when all that was asked of the device is done. */
  private static long now() {
    Nd4j.getExecutioner().commit();
    return System.nanoTime();
  }
}
