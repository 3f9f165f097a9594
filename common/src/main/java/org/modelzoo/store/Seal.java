package org.modelzoo.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The checksum inside a JSON file, its last key {@code sha256}: SHA-256 of the whole file with
 * zeros in place of the checksum's own 64 digits, so that every byte of the file counts.
 */
final class Seal {
  private static final Pattern SEAL = Pattern.compile("\n  \"sha256\" : \"([0-9a-f]{64})\"\n}\n$");

  private static final String END = "\n}\n";
  private static final String ZEROS = "0".repeat(64);

  private Seal() {}

  /** Seals what {@link Json#write} wrote. */
  static byte[] put(byte[] json) {
    // One character for every byte, whatever the encoding.
    String text = new String(json, ISO_8859_1);
    if (!text.endsWith(END)) {
      throw new IllegalArgumentException("no indented JSON object");
    }
    String body = text.substring(0, text.length() - END.length());
    String open = body + ",\n  \"sha256\" : \"" + ZEROS + "\"" + END;
    String checksum = Checksum.of(open.getBytes(ISO_8859_1));
    return (body + ",\n  \"sha256\" : \"" + checksum + "\"" + END).getBytes(ISO_8859_1);
  }

  /** Whether a file has a checksum, right or wrong. */
  static boolean isOn(byte[] content) {
    return SEAL.matcher(new String(content, ISO_8859_1)).find();
  }

  /**
   * Checks a sealed file.
   *
   * @throws DamagedFileException if the checksum is wrong
   */
  static void require(byte[] content, String file) throws DamagedFileException {
    String text = new String(content, ISO_8859_1);
    Matcher seal = SEAL.matcher(text);
    if (!seal.find()) {
      throw new DamagedFileException(file, "it has no checksum");
    }
    String open = text.substring(0, seal.start(1)) + ZEROS + text.substring(seal.end(1));
    String found = Checksum.of(open.getBytes(ISO_8859_1));
    if (!found.equals(seal.group(1))) {
      throw new DamagedFileException(
          file, "its SHA-256 is %s instead of %s".formatted(found, seal.group(1)));
    }
  }
}
