package org.modelzoo.zoo;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.store.Json;
import org.modelzoo.store.RunFiles;

/**
 * Writes a zoo as the one file that {@link ZooArchive} reads. The same zoo gives the same bytes:
 * entries have no time, and models, which are packed already, are not packed again. Runs on the
 * driver.
 */
public final class ZooExport {
  /** The earliest time a zip can hold. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private ZooExport() {}

  /**
   * Writes the archive and renames it into place; replaces one that is there.
   *
   * @param zoo has the models
   * @param manifest of the archive: the zoo's, or fewer members of it
   * @param location URI of the file
   * @throws ModelZooException (data) if a model is damaged, (cluster) if the archive can't be
   *     written
   */
  public static void write(
      SavedZoo zoo, ZooManifest manifest, String location, Configuration hadoop) {
    try {
      Path target = new Path(location);
      RunFiles.on(target, hadoop).write(target, out -> write(zoo, manifest, out));
    } catch (IOException e) {
      throw new ModelZooException(
          ErrorKind.CLUSTER,
          "can't write the archive %s: %s; check that it names a file, and that there is room and you may write"
              .formatted(location, e.getMessage()),
          e);
    }
  }

  private static void write(SavedZoo zoo, ZooManifest manifest, OutputStream out)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    write(zip, ZooArchive.MANIFEST, Json.writeSealed(manifest));
    zoo.models(manifest, (member, shown, model) -> write(zip, ZooArchive.entryOf(member), model));
    zip.finish();
  }

  private static void write(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(NO_TIME);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(sum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
