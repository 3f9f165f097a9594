package org.modelzoo.network;

import java.io.Serializable;

/**
 * What a network computes on.
 *
 * @param card number of a graphics card in this process, from 0; negative for the processor
 * @param threads native threads of an operation on the processor, at least 1
 */
public record Device(int card, int threads) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The processor, with so many native threads. */
  public static Device processor(int threads) {
    return new Device(-1, threads);
  }

  /** Whether it is a graphics card. */
  public boolean isCard() {
    return card >= 0;
  }

  /** {@code cpu} or {@code cuda:0}. */
  @Override
  public String toString() {
    return isCard() ? "cuda:" + card : "cpu";
  }
}
