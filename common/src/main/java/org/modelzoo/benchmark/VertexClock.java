package org.modelzoo.benchmark;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.modelzoo.benchmark.StepProfile.LayerTime;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Stands in a network in the place of one of its vertices, hands everything through, and times the
 * forward and backward passes: the step itself stays the real one, in DL4J's own workspaces.
 */
final class VertexClock implements InvocationHandler {
  private static final String WEIGHTS = "W";

  private final GraphVertex vertex;
  private final List<Long> forward = new ArrayList<>();
  private final List<Long> backward = new ArrayList<>();
  private long valuesIn;
  private long valuesOut;
  private long gradientValues;
  private boolean passesGradient;
  private long images;

  private VertexClock(GraphVertex vertex) {
    this.vertex = vertex;
  }

  /** Clocks at every vertex of a network but its inputs, in the order of the forward pass. */
  static List<VertexClock> at(ComputationGraph graph) {
    GraphVertex[] vertices = graph.getVertices();
    List<VertexClock> clocks = new ArrayList<>();
    for (int index : graph.topologicalSortOrder()) {
      if (!vertices[index].isInputVertex()) {
        VertexClock clock = new VertexClock(vertices[index]);
        clocks.add(clock);
        vertices[index] =
            (GraphVertex)
                Proxy.newProxyInstance(
                    VertexClock.class.getClassLoader(), new Class<?>[] {GraphVertex.class}, clock);
      }
    }
    return clocks;
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    try {
      return switch (method.getName()) {
        case "doForward" -> forward(method, arguments);
        case "doBackward" -> backward(method, arguments);
        default -> method.invoke(vertex, arguments);
      };
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private Object forward(Method method, Object[] arguments) throws ReflectiveOperationException {
    valuesIn = values(vertex.getInputs());
    long begin = System.nanoTime();
    INDArray output = (INDArray) method.invoke(vertex, arguments);
    forward.add(nanosSince(begin));
    valuesOut = output.length();
    return output;
  }

  private Object backward(Method method, Object[] arguments) throws ReflectiveOperationException {
    valuesIn = values(vertex.getInputs());
    images = vertex.getInputs()[0].size(0);
    long begin = System.nanoTime();
    Object result = method.invoke(vertex, arguments);
    backward.add(nanosSince(begin));
    INDArray[] gradients = (INDArray[]) ((Pair<?, ?>) result).getSecond();
    gradientValues = values(gradients);
    passesGradient = gradientValues > 0;
    return result;
  }

  private static long nanosSince(long begin) {
    Nd4j.getExecutioner().commit();
    return System.nanoTime() - begin;
  }

  private static long values(INDArray[] arrays) {
    return Arrays.stream(arrays).filter(Objects::nonNull).mapToLong(INDArray::length).sum();
  }

  /** Forgets the steps so far, which warmed up. */
  void restart() {
    forward.clear();
    backward.clear();
  }

  /** Medians since the restart; the share is of a step of so many milliseconds. */
  LayerTime time(double stepMillis) {
    double forwardMillis = forward.isEmpty() ? 0 : Spread.of(forward, Long::longValue).median();
    double backwardMillis = Spread.of(backward, Long::longValue).median();
    double product = 2e-9 * multiplications();
    int backwardProducts = passesGradient ? 2 : 1;
    // Training computes the heads' outputs in the backward phase.
    boolean all = vertex.isOutputVertex();
    return new LayerTime(
        vertex.getVertexName(),
        kind(),
        forwardMillis,
        backwardMillis,
        (forwardMillis + backwardMillis) / stepMillis,
        all ? 0 : product,
        (all ? backwardProducts + 1 : backwardProducts) * product,
        all ? 0 : gigabytes(valuesIn + valuesOut),
        gigabytes(valuesIn + gradientValues + valuesOut));
  }

  /** Of a forward pass by the plain algorithm: every weight once for every pixel put out. */
  private long multiplications() {
    if (!vertex.hasLayer() || !vertex.getLayer().paramTable().containsKey(WEIGHTS)) {
      return 0;
    }
    INDArray weights = vertex.getLayer().getParam(WEIGHTS);
    return weights.length() * (vertex.isOutputVertex() ? images : valuesOut / weights.size(0));
  }

  private static double gigabytes(long values) {
    return values * (double) Float.BYTES / 1e9;
  }

  /** What the configuration calls such a layer. */
  private String kind() {
    String name =
        vertex.hasLayer()
            ? vertex.getLayer().conf().getLayer().getClass().getSimpleName()
            : vertex.getClass().getSimpleName().replace("Vertex", "");
    return name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
  }
}
