package org.modelzoo.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Tar archives put together by hand: no library writes what strangers may. */
final class TarHeaders {
  private TarHeaders() {}

  /** A header, its content, and what fills the last block. */
  static byte[] entry(String name, char type, byte[] content) {
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    entry.writeBytes(header(name, type, "%011o\0".formatted(content.length).getBytes(UTF_8)));
    entry.writeBytes(content);
    entry.writeBytes(new byte[Math.floorMod(-content.length, 512)]);
    return entry.toByteArray();
  }

  /**
   * A header alone.
   *
   * @param size the twelve bytes of its field
   */
  static byte[] header(String name, char type, byte[] size) {
    byte[] header = new byte[512];
    put(header, 0, name.getBytes(UTF_8));
    put(header, 124, size);
    put(header, 148, "        ".getBytes(UTF_8));
    header[156] = (byte) type;
    int sum = 0;
    for (byte value : header) {
      sum += Byte.toUnsignedInt(value);
    }
    put(header, 148, "%06o\0".formatted(sum).getBytes(UTF_8));
    return header;
  }

  /** Pieces, one after another. */
  static byte[] archive(byte[]... pieces) {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      archive.writeBytes(piece);
    }
    return archive.toByteArray();
  }

  /** One record of a PAX header, which begins with its own length. */
  static byte[] pax(String keyAndValue) {
    int length = keyAndValue.length() + 2;
    length += Integer.toString(length + 3).length();
    return "%d %s\n".formatted(length, keyAndValue).getBytes(UTF_8);
  }

  private static void put(byte[] header, int offset, byte[] value) {
    System.arraycopy(value, 0, header, offset, value.length);
  }
}
