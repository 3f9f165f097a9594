package org.modelzoo.network;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

/**
 * What a network computes on.
 *
 * @param card number of a graphics card in this process, from 0; negative for the processor
 * @param threads native threads of an operation on the processor, at least 1
 */
public record Device(int card, int threads) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Pattern CARD = Pattern.compile("cuda(?::([0-9]{1,4}))?");

  /** The processor, with so many native threads. */
  public static Device processor(int threads) {
    return new Device(-1, threads);
  }

  /**
   * The device of that name.
   *
   * @param name {@code cpu}, {@code cuda} for the first card, or {@code cuda:N}
   * @param threads native threads of an operation on the processor
   * @throws ModelZooException (configuration) if it is none of these
   */
  public static Device of(String name, int threads) {
    if (name.equals("cpu")) {
      return processor(threads);
    }
    Matcher card = CARD.matcher(name);
    if (!card.matches()) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "device \"%s\" is not known: it must be cpu, cuda, or cuda:N with the number of a card, from 0"
              .formatted(name));
    }
    return new Device(card.group(1) == null ? 0 : Integer.parseInt(card.group(1)), threads);
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
