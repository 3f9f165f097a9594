package org.modelzoo.data.pickle;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.modelzoo.data.pickle.Maker.ElementType;

/** A NumPy array of unsigned bytes, row by row, whose values are still in the file. */
public final class NumpyArray {
  private static final int MOST_DIMENSIONS = 8;

  private List<Long> shape = List.of();
  private StoredString values;

  NumpyArray() {}

  /** Checks and takes what it is made of, as it stands in the pickle. */
  void set(Object shapeTuple, Object type, boolean rowByRow, Object string)
      throws PickleFormatException {
    String element = Values.as(ElementType.class, type, "the type of an array's elements").name();
    if (!element.equals("u1")) {
      throw new PickleFormatException(
          "it has an array of type %s instead of unsigned bytes".formatted(element));
    }
    if (!rowByRow) {
      throw new PickleFormatException("it has an array that is not stored row by row");
    }
    List<Long> sizes = new ArrayList<>();
    for (Object size : Values.tuple(shapeTuple)) {
      sizes.add(Values.as(Long.class, size, "a whole number"));
    }
    StoredString bytes = Values.as(StoredString.class, string, "the bytes of an array");
    if (!bytes.canHold(product(sizes))) {
      throw new PickleFormatException(
          "it has an array of %s whose bytes are %,d".formatted(sizes, bytes.length()));
    }
    shape = List.copyOf(sizes);
    values = bytes;
  }

  private static long product(List<Long> sizes) throws PickleFormatException {
    if (sizes.size() > MOST_DIMENSIONS) {
      throw new PickleFormatException("it has an array of %d dimensions".formatted(sizes.size()));
    }
    long product = 1;
    for (long size : sizes) {
      if (size < 0 || Math.multiplyHigh(product, size) != 0 || product * size < 0) {
        throw new PickleFormatException("it has an array of shape " + sizes);
      }
      product *= size;
    }
    return product;
  }

  /** Sizes of its dimensions; none of an array that was never completed. */
  public List<Long> shape() {
    return shape;
  }

  /**
   * Its values.
   *
   * @param file that it was read from, from its first byte; the result ends no sooner than the
   *     array, and closes the file
   * @throws PickleFormatException if they are no bytes, also while they are read
   */
  public InputStream open(InputStream file) throws IOException {
    if (values == null) {
      throw new PickleFormatException("it has an array without values");
    }
    return values.bytes(file);
  }
}
