package org.modelzoo.data.pickle;

import java.util.List;
import java.util.Map;

/** The functions and classes that a pickle of a NumPy array names, and what they make here. */
enum Maker {
  /** An array without anything yet; what it has comes with {@link #complete}. */
  RECONSTRUCT {
    @Override
    Object make(List<Object> arguments) {
      return new NumpyArray();
    }
  },

  /** An array at once, as protocol 5 has it. */
  FROM_BUFFER {
    @Override
    Object make(List<Object> arguments) throws PickleFormatException {
      List<Object> parts = Values.tuple(new Values.Tuple(arguments), 4);
      boolean rowByRow = Values.text(parts.get(3)).equals("C");
      NumpyArray array = new NumpyArray();
      array.set(parts.get(2), parts.get(1), rowByRow, parts.get(0));
      return array;
    }
  },

  /** The class of arrays; only an argument. */
  ARRAY,

  /** The type of an array's elements. */
  TYPE {
    @Override
    Object make(List<Object> arguments) throws PickleFormatException {
      return new ElementType(Values.text(arguments.isEmpty() ? null : arguments.get(0)));
    }
  },

  /** Bytes out of characters, in protocol 2. They stay as they are; see {@link StoredString}. */
  ENCODE {
    @Override
    Object make(List<Object> arguments) throws PickleFormatException {
      List<Object> parts = Values.tuple(new Values.Tuple(arguments), 2);
      if (!Values.text(parts.get(1)).equals("latin1")) {
        throw new PickleFormatException("it encodes text in another way than latin1");
      }
      return Values.as(StoredString.class, parts.get(0), "a text");
    }
  };

  /** NumPy 2 has its own modules under other names. */
  private static final Map<String, Maker> NAMED =
      Map.of(
          "numpy.core.multiarray._reconstruct", RECONSTRUCT,
          "numpy._core.multiarray._reconstruct", RECONSTRUCT,
          "numpy.core.numeric._frombuffer", FROM_BUFFER,
          "numpy._core.numeric._frombuffer", FROM_BUFFER,
          "numpy.ndarray", ARRAY,
          "numpy.dtype", TYPE,
          "_codecs.encode", ENCODE);

  /**
   * @param name {@code u1} for unsigned bytes
   */
  record ElementType(String name) {}

  /** The one of that name, which is only compared. */
  static Maker named(String module, String name) throws PickleFormatException {
    Maker maker = NAMED.get(module + "." + name);
    if (maker == null) {
      throw new PickleFormatException(
          "it names %s.%s, and nothing but plain values and NumPy arrays of bytes is taken out of a pickle"
              .formatted(module, name));
    }
    return maker;
  }

  /** What calling it with some arguments gives. */
  Object make(List<Object> arguments) throws PickleFormatException {
    throw new PickleFormatException("it makes an array in an unknown way");
  }

  /** Gives an object that was just made its state. */
  static void complete(Object state, Object made) throws PickleFormatException {
    if (made instanceof ElementType) {
      return; // Byte order and alignment, which bytes do not have.
    }
    List<Object> parts = Values.tuple(state, 5);
    boolean rowByRow = parts.get(3).equals(false) || parts.get(3).equals(0L);
    Values.as(NumpyArray.class, made, "an array")
        .set(parts.get(1), parts.get(2), rowByRow, parts.get(4));
  }
}
