package org.modelzoo.network;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

/**
 * A model's zip, read entry by entry in the order it was written, whoever wrote it: names are only
 * compared and nothing is unpacked; an entry gives no more bytes than it may have; an entry that no
 * member's model has, such as the Java objects DL4J keeps in {@code preprocessor.bin}, ends the
 * reading.
 */
final class ModelArchive {
  private final ZipInputStream zip;
  private final String file;

  /**
   * An archive at its beginning.
   *
   * @param file where it is, for messages
   */
  ModelArchive(InputStream stream, String file) {
    this.zip = new ZipInputStream(stream);
    this.file = file;
  }

  /**
   * The next entry, which must be this one.
   *
   * @param mostBytes it may have, unpacked
   * @throws ModelZooException (data) if there is another one or none, or it is longer
   */
  byte[] next(String name, int mostBytes) throws IOException {
    ZipEntry entry = zip.getNextEntry();
    if (entry == null) {
      throw refused("it has no entry " + name);
    }
    if (!entry.getName().equals(name)) {
      throw refused("it has an entry %s where %s belongs".formatted(entry.getName(), name));
    }
    byte[] content = zip.readNBytes(mostBytes);
    if (zip.read() >= 0) {
      throw refused("its entry %s is longer than %,d bytes".formatted(name, mostBytes));
    }
    return content;
  }

  /**
   * Nothing follows.
   *
   * @throws ModelZooException (data) if there is another entry
   */
  void requireEnd() throws IOException {
    ZipEntry entry = zip.getNextEntry();
    if (entry != null) {
      throw refused("it has an entry %s that no member's model has".formatted(entry.getName()));
    }
  }

  /** The error of an archive that is not read. */
  ModelZooException refused(String finding) {
    return new ModelZooException(
        ErrorKind.DATA,
        "%s is not a model of this program, or is damaged: %s. It was not loaded; use a model.zip that this program wrote, or train the member again."
            .formatted(file, finding));
  }
}
