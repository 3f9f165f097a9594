package org.modelzoo.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.data.TarFiles.TarFile;

/**
 * The files of a CIFAR data set, wherever they are: in the directory, in the official sub
 * directory, or in the official archive, which is streamed and never unpacked. Entry names of the
 * archive are only compared, so a hostile one can do nothing.
 */
final class CifarFiles {
  /** Of the entries that nobody reads, and of the archive's own. */
  private static final long MOST_OTHER_BYTES = 16 << 20;

  private final CifarFormat format;
  private final DataDirectory directory;

  CifarFiles(CifarFormat format, DataDirectory directory) {
    this.format = format;
    this.directory = directory;
  }

  /** Takes the content of one file. */
  interface Visitor {
    /**
     * Reads the file.
     *
     * @param file its official name
     * @param shown where it is, for messages
     */
    void visit(String file, String shown, InputStream content) throws IOException;
  }

  /** Shows every file of the data set once, in any order, after checking its size. */
  void forEach(Visitor visitor) {
    FileStatus root = directory.root();
    if (root.isFile()) {
      visitArchive(root, visitor);
      return;
    }
    for (String place : List.of("", format.directory() + "/")) {
      List<FileStatus> found = filesIn(place);
      if (!found.isEmpty()) {
        found.forEach(file -> visitFile(file, visitor));
        return;
      }
    }
    Optional<FileStatus> archive = directory.firstFile(List.of(format.archive()));
    if (archive.isEmpty()) {
      List<String> lookedFor = new ArrayList<>(format.files());
      lookedFor.add(format.directory() + "/" + format.testFile());
      lookedFor.add(format.archive());
      throw directory.missing(lookedFor);
    }
    visitArchive(archive.get(), visitor);
  }

  /** All files of the data set in this place; none if none is there; some missing is an error. */
  private List<FileStatus> filesIn(String place) {
    List<FileStatus> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String file : format.files()) {
      directory
          .firstFile(List.of(place + file))
          .ifPresentOrElse(found::add, () -> missing.add(place + file));
    }
    if (!found.isEmpty() && !missing.isEmpty()) {
      throw directory.missing(missing);
    }
    return found;
  }

  private void visitFile(FileStatus file, Visitor visitor) {
    String name = file.getPath().getName();
    String shown = file.getPath().toString();
    checkSize(name, shown, file.getLen());
    try (InputStream content = directory.open(file.getPath())) {
      visitor.visit(name, shown, content);
    } catch (IOException e) {
      throw DataErrors.unreadable(shown, e);
    }
  }

  private void visitArchive(FileStatus archive, Visitor visitor) {
    String shown = archive.getPath().toString();
    List<String> missing = new ArrayList<>(format.files());
    try (InputStream packed = directory.open(archive.getPath());
        InputStream unzipped = bounded(new GZIPInputStream(packed, 1 << 16))) {
      TarFiles files = new TarFiles(unzipped);
      while (!missing.isEmpty()) {
        TarFile file = files.next().orElseThrow(() -> lacks(shown, missing));
        if (missing.remove(file.name())) {
          String shownEntry = shown + " (entry " + file.name() + ")";
          checkSize(file.name(), shownEntry, file.size());
          visitor.visit(file.name(), shownEntry, file.content());
        }
      }
      // The archive's own checksum is at its very end.
      unzipped.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw DataErrors.unreadable(shown, e);
    }
  }

  private ModelZooException lacks(String archive, List<String> missing) {
    return DataErrors.corrupt(
        archive, "it has no entry " + String.join(", ", missing) + " of " + format.name());
  }

  /** No official archive has more. */
  private InputStream bounded(InputStream unzipped) {
    long most = format.files().stream().mapToLong(format::fileBytes).sum() + MOST_OTHER_BYTES;
    return new UnpackedBytes(unzipped, most);
  }

  private void checkSize(String file, String shown, long found) {
    if (found != format.fileBytes(file)) {
      throw DataErrors.wrongSize(shown, format.fileBytes(file), found);
    }
  }
}
