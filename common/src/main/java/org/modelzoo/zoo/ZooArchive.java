package org.modelzoo.zoo;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.apache.hadoop.fs.Path;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.network.ModelFile;
import org.modelzoo.store.Checksum;
import org.modelzoo.store.DamagedFileException;
import org.modelzoo.store.Json;
import org.modelzoo.store.RunFiles;

/**
 * A zoo in one file, a zip with these entries in this order and no other:
 *
 * <pre>
 * zoo.json                the {@link ZooManifest}, sealed with its own checksum
 * members/&lt;id&gt;/model.zip  of every member, in the order of the manifest
 * </pre>
 *
 * <p>Whoever wrote it: entries are read in their order, their names only compared, and nothing is
 * unpacked to a disk; an entry gives no more bytes than its network can have, and a model counts
 * only if its checksum is that of the manifest.
 */
public final class ZooArchive implements SavedZoo {
  /** The entry of the manifest. */
  public static final String MANIFEST = "zoo.json";

  /** A thousand members on a hundred tasks each take some 10 MB. */
  private static final int MOST_MANIFEST_BYTES = 64 << 20;

  private final Path path;
  private final RunFiles files;

  ZooArchive(Path path, RunFiles files) {
    this.path = path;
    this.files = files;
  }

  /** The entry of a member's model. */
  public static String entryOf(ZooManifest.Member member) {
    return "members/" + member.id() + "/model.zip";
  }

  @Override
  public String uri() {
    return path.toString();
  }

  @Override
  public ZooManifest manifest() {
    return read(this::manifest);
  }

  private ZooManifest manifest(ZipInputStream zip) throws IOException {
    byte[] content = next(zip, MANIFEST, MOST_MANIFEST_BYTES);
    return Json.read(
        content, ZooManifest.class, ZooManifest.FORMAT_VERSION, path + " (entry " + MANIFEST + ")");
  }

  @Override
  public void models(ZooManifest manifest, ModelVisitor visitor) {
    read(
        zip -> {
          models(manifest(zip), manifest.members(), zip, visitor);
          return null;
        });
  }

  private void models(
      ZooManifest manifest,
      List<ZooManifest.Member> members,
      ZipInputStream zip,
      ModelVisitor visitor)
      throws IOException {
    List<ZooManifest.Member> missing = new ArrayList<>(members);
    if (!new HashSet<>(manifest.members()).containsAll(missing)) {
      throw refused("it is not the archive that the manifest was read from");
    }
    for (ZooManifest.Member member : manifest.members()) {
      Interruption.check();
      String entry = entryOf(member);
      byte[] model = next(zip, entry, ModelFile.mostBytes(manifest.network(member)));
      if (!missing.remove(member)) {
        continue;
      }
      String checksum = Checksum.of(model);
      if (!checksum.equals(member.modelSha256())) {
        throw refused(
            "the SHA-256 of its entry %s is %s instead of %s"
                .formatted(entry, checksum, member.modelSha256()));
      }
      visitor.visit(member, path + " (entry " + entry + ")", model);
    }
    ZipEntry surplus = zip.getNextEntry();
    if (surplus != null) {
      throw refused("it has an entry %s that no zoo has".formatted(surplus.getName()));
    }
  }

  private byte[] next(ZipInputStream zip, String name, long mostBytes) throws IOException {
    ZipEntry entry = zip.getNextEntry();
    if (entry == null) {
      throw refused("it has no entry " + name);
    }
    if (!entry.getName().equals(name)) {
      throw refused("it has an entry %s where %s belongs".formatted(entry.getName(), name));
    }
    // Takes memory as bytes come, whatever the entry claims.
    byte[] content = zip.readNBytes((int) Math.min(mostBytes, Integer.MAX_VALUE - 8));
    if (zip.read() >= 0) {
      throw refused("its entry %s is longer than %,d bytes".formatted(name, mostBytes));
    }
    return content;
  }

  private <T> T read(Reading<T> reading) {
    try (InputStream stream = files.open(path);
        ZipInputStream zip = new ZipInputStream(stream)) {
      return reading.of(zip);
    } catch (DamagedFileException e) {
      throw new ModelZooException(ErrorKind.DATA, e.getMessage() + "; export the zoo again", e);
    } catch (ZipException | EOFException | IllegalArgumentException e) { // the last for bad names
      throw refused(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new ModelZooException(
          ErrorKind.CLUSTER,
          "can't read the zoo %s: %s; check that every node reaches it"
              .formatted(path, e.getMessage()),
          e);
    }
  }

  private ModelZooException refused(String finding) {
    return new ModelZooException(
        ErrorKind.DATA,
        "%s is not an exported zoo, or is damaged: %s. It was not used; export the zoo again, or give the directory of a run."
            .formatted(path, finding));
  }

  /** Something read from the archive. */
  @FunctionalInterface
  private interface Reading<T> {
    T of(ZipInputStream zip) throws IOException;
  }
}
