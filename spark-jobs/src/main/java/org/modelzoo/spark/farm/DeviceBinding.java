package org.modelzoo.spark.farm;

import java.util.Comparator;
import java.util.List;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.network.NativeDevices;

/**
 * Ties a task's thread to the card that Spark gave to the task, and ends that. Spark reuses
 * threads, and ND4J remembers the card of each.
 */
final class DeviceBinding implements AutoCloseable {
  private final boolean bound;

  private DeviceBinding(boolean bound) {
    this.bound = bound;
  }

  /**
   * Binds the calling thread to the first of the task's cards; without cards, or where the backend
   * knows none, nothing happens.
   *
   * @param given addresses of the task's cards
   * @param ofExecutor addresses of all cards of this executor
   * @throws ModelZooException (cluster) if it can't be told which card is meant
   */
  static DeviceBinding of(List<String> given, List<String> ofExecutor) {
    if (given.isEmpty() || !NativeDevices.areUsed()) {
      return new DeviceBinding(/* bound= */ false);
    }
    NativeDevices.use(device(given.get(0), ofExecutor, NativeDevices.visible()));
    return new DeviceBinding(/* bound= */ true);
  }

  /**
   * The number under which this process knows a card. A process that sees just its own cards, as in
   * a container, counts them from 0; one that sees all cards of the host counts as Spark does.
   *
   * @param visible cards that this process sees
   */
  static int device(String address, List<String> ofExecutor, int visible) {
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

  @Override
  public void close() {
    if (bound) {
      NativeDevices.release();
    }
  }
}
