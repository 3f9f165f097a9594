package org.modelzoo.network.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.modelzoo.config.ImageShape;
import org.modelzoo.network.NetworkSpec;

/** Images and labels of a step, at places of the device's memory that stay. */
final class Batch implements AutoCloseable {
  private final OwnedPointers lasting = new OwnedPointers();
  private final NetworkSpec spec;
  private final Place place;
  private final int capacity;

  /** [capacity, height, width, channels] float32. */
  private final Tensor images;

  /** [capacity] int64: positions of the images' heads. */
  private final Tensor heads;

  /** [capacity] int64: columns of the labels among all outputs. */
  private final Tensor labels;

  Batch(NetworkSpec spec, int capacity, Place place) {
    this.spec = spec;
    this.place = place;
    this.capacity = capacity;
    ImageShape shape = spec.input();
    long[] dimensions = {capacity, shape.height(), shape.width(), shape.channels()};
    images = lasting.keep(torch.zeros(dimensions, place.options(ScalarType.Float)));
    heads = lasting.keep(torch.zeros(new long[] {capacity}, place.options(ScalarType.Long)));
    labels = lasting.keep(torch.zeros(new long[] {capacity}, place.options(ScalarType.Long)));
  }

  /** Images that fit. */
  int capacity() {
    return capacity;
  }

  /** Copies images to the device. The array may be longer. */
  void loadImages(float[] features, int size) {
    ImageShape shape = spec.input();
    int length = size * shape.size();
    if (features.length < length) {
      throw new IllegalArgumentException(
          size + " images of " + shape + " need " + length + " values, not " + features.length);
    }
    try (Tensor target = images.narrow(0, 0, size)) {
      place.upload(target, host -> host.data_ptr_float().put(features, 0, length));
    }
  }

  /** Copies labels, each within its image's head, to the device. The arrays may be longer. */
  void loadLabels(int[] imageHeads, int[] imageLabels, int size) {
    long[] positions = new long[size];
    long[] columns = new long[size];
    for (int i = 0; i < size; i++) {
      positions[i] = imageHeads[i];
      columns[i] = (long) spec.firstColumn(imageHeads[i]) + imageLabels[i];
    }
    try (Tensor targetHeads = heads.narrow(0, 0, size);
        Tensor targetLabels = labels.narrow(0, 0, size)) {
      place.upload(targetHeads, host -> host.data_ptr_long().put(positions));
      place.upload(targetLabels, host -> host.data_ptr_long().put(columns));
    }
  }

  /** The first images, [size, channels, height, width] with channels last in memory. */
  Tensor images(int size) {
    return images.narrow(0, 0, size).permute(0, 3, 1, 2);
  }

  /** The first positions of heads, [size]. */
  Tensor heads(int size) {
    return heads.narrow(0, 0, size);
  }

  /** The first columns of labels, [size]. */
  Tensor labels(int size) {
    return labels.narrow(0, 0, size);
  }

  @Override
  public void close() {
    lasting.close();
  }
}
