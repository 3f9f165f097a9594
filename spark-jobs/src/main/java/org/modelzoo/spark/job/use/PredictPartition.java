package org.modelzoo.spark.job.use;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.modelzoo.network.Device;
import org.modelzoo.network.PoisonedDeviceException;
import org.modelzoo.spark.farm.ExecutorSlot;
import org.modelzoo.spark.farm.LostDevice;

/**
 * Predicts the images of one partition, whatever stands for them. Runs on executors.
 *
 * @param <T> what stands for one or more images
 */
final class PredictPartition<T> implements FlatMapFunction<Iterator<T>, Row> {
  private static final long serialVersionUID = 1L;

  private final Setting setting;
  private final Reading<T> reading;

  PredictPartition(Setting setting, Reading<T> reading) {
    this.setting = setting;
    this.reading = reading;
  }

  @Override
  public Iterator<Row> call(Iterator<T> partition) throws InterruptedException {
    Configuration hadoop = setting.hadoop().value().value();
    ExecutorSlot slot = ExecutorSlot.take(TaskContext.get());
    try {
      return rows(partition, hadoop, slot.device());
    } catch (PoisonedDeviceException e) {
      throw LostDevice.of(e);
    }
  }

  private Iterator<Row> rows(Iterator<T> partition, Configuration hadoop, Device device)
      throws InterruptedException {
    PredictionRows rows = new PredictionRows(setting.zoo().load(hadoop, device), setting.task());
    while (partition.hasNext()) {
      reading.read(partition.next(), hadoop, rows);
    }
    List<Row> all = rows.end();
    setting.images().add(all.size());
    setting.errors().add(rows.errors());
    return all.iterator();
  }

  /**
   * What is alike for all partitions.
   *
   * @param images counts rows
   * @param errors counts rows of images that can't be used
   */
  record Setting(
      ZooInUse zoo,
      String task,
      Broadcast<SerializableConfiguration> hadoop,
      LongAccumulator images,
      LongAccumulator errors)
      implements Serializable {}

  /** Reads what stands for one or more images. */
  @FunctionalInterface
  interface Reading<T> extends Serializable {
    void read(T images, Configuration hadoop, PredictionRows rows) throws InterruptedException;
  }
}
