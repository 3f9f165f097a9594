package org.modelzoo.network;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Classes that somebody else's model might name, and that leave a mark when they are made. */
final class HostileParts {
  private static final AtomicBoolean MARK = new AtomicBoolean();

  private HostileParts() {}

  /** Whether one of them was made since the last call. */
  static boolean wereMade() {
    return MARK.getAndSet(false);
  }

  static void forget() {
    MARK.set(false);
  }

  /** Fits where DL4J's JSON wants the class of a weight initialisation. */
  static final class Weights implements IWeightInit {
    private static final long serialVersionUID = 1L;

    Weights() {
      MARK.set(true);
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
      MARK.set(true);
    }
  }
}
