package org.modelzoo.spark.farm;

import java.util.Comparator;
import java.util.List;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

/** Under which number this process knows the card that Spark gave to a task. */
final class CardNumber {
  private CardNumber() {}

  /**
   * The number of a card. A process that sees just its own cards, as in a container, counts them
   * from 0; one that sees all cards of the host counts as Spark does.
   *
   * @param address of the card
   * @param ofExecutor addresses of all cards of this executor
   * @param visible cards that this process sees
   * @throws ModelZooException (cluster) if it can't be told which card is meant
   */
  static int of(String address, List<String> ofExecutor, int visible) {
    int place = ofExecutor.stream().sorted(byNumber()).toList().indexOf(address);
    if (visible == ofExecutor.size() && place >= 0) {
      return place;
    }
    if (isNumber(address) && Integer.parseInt(address) < visible) {
      return Integer.parseInt(address);
    }
    throw new ModelZooException(
        ErrorKind.CLUSTER,
        "a member was given card %s, and its executor, which has %s, sees %d cards; set CUDA_VISIBLE_DEVICES of the executor to its own cards, or to none at all"
            .formatted(address, ofExecutor, visible));
  }

  /** Numbers by value, before names as they come. */
  private static Comparator<String> byNumber() {
    return Comparator.comparingInt(
        address -> isNumber(address) ? Integer.parseInt(address) : Integer.MAX_VALUE);
  }

  private static boolean isNumber(String address) {
    return address.matches("[0-9]{1,6}");
  }
}
