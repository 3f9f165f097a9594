package org.modelzoo.spark.farm;

import java.util.Optional;
import org.modelzoo.network.CardRequirements;

/**
 * A graphics card as nvidia-smi lists it.
 *
 * @param index its number on the host
 * @param uuid its name in the world
 * @param major compute capability before the point
 * @param minor compute capability after the point
 * @param megabytes its memory in 2²⁰ bytes
 * @param driver version of the machine's driver, for example 580.65.06
 */
public record GraphicsCard(
    String index, String uuid, String name, int major, int minor, long megabytes, String driver) {
  /** Whether Spark means this card. */
  public boolean hasAddress(String address) {
    return address.equals(index) || address.equals(uuid);
  }

  /** Why a library can't compute on it, and what to do. */
  public Optional<String> problem(CardRequirements needs) {
    if (!needs.hasCodeFor(major, minor)) {
      return Optional.of(
          "%s can't be used: %s has code for %s; run on nodes with such cards, %s, or train on processors with cluster.gpus-per-member = 0"
              .formatted(description(), needs.library(), needs.cards(), needs.otherwise()));
    }
    if (Integer.parseInt(driver.substring(0, driver.indexOf('.'))) < needs.driver()) {
      return Optional.of(
          "%s can't be used: its driver is %s, and %s needs the series %d or newer; install one, %s, or train on processors with cluster.gpus-per-member = 0"
              .formatted(
                  description(), driver, needs.library(), needs.driver(), needs.otherwise()));
    }
    return Optional.empty();
  }

  /** One line for people. */
  public String description() {
    return "card %s: %s, compute capability %d.%d, %d MB"
        .formatted(index, name, major, minor, megabytes);
  }
}
