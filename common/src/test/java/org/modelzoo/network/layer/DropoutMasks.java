package org.modelzoo.network.layer;

import org.nd4j.linalg.factory.Nd4j;

/** What the reference's dropout keeps, for other engines' tests. */
public final class DropoutMasks {
  private final Dropout dropout;
  private byte[] kept;

  public DropoutMasks(double probability, long seed) {
    dropout = new Dropout(probability, (values, drawn, factor) -> kept = drawn.clone(), seed);
  }

  /** Ones for values to keep and zeros for others; others at the next call. */
  public byte[] next(int length) {
    dropout.forward(Nd4j.zeros(length));
    return java.util.Arrays.copyOf(kept, length);
  }
}
