package org.modelzoo.network;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Classes that somebody else's model might name, and that leave a mark when they are made. */
final class HostileParts {
  private static boolean mark;

  private HostileParts() {}

  /** Whether one of them was made since the last call. */
  static boolean wereMade() {
    boolean made = mark;
    mark = false;
    return made;
  }

  static void forget() {
    mark = false;
  }

  /** Fits where DL4J's JSON wants the class of a weight initialisation. */
  static final class Weights implements IWeightInit {
    private static final long serialVersionUID = 1L;

    Weights() {
      mark = true;
    }

    @Override
    public INDArray init(
        double fanIn, double fanOut, long[] shape, char order, INDArray paramView) {
      return paramView;
    }
  }

  /** A Java object whose deserialisation runs code. */
  static final class JavaObject implements Serializable {
    private static final long serialVersionUID = 1L;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      mark = true;
    }
  }
}
