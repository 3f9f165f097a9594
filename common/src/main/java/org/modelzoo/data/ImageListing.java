package org.modelzoo.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** PNG and JPEG files to predict. Runs on driver and executors. */
public final class ImageListing {
  private ImageListing() {}

  /**
   * The image files of a directory and of all below it, in the order of their names, hidden ones
   * left out; of a file, itself.
   *
   * @return their URIs, at least one
   * @throws org.modelzoo.base.ModelZooException (data) if there is none
   */
  public static List<String> of(String uri, Configuration hadoop) {
    List<String> images = new ArrayList<>();
    Path path = new Path(uri);
    try {
      FileSystem files = path.getFileSystem(hadoop);
      FileStatus root = files.getFileStatus(path);
      if (root.isFile()) {
        return List.of(root.getPath().toString());
      }
      add(files, root.getPath(), images);
    } catch (IOException e) {
      throw DataErrors.unreadable(uri, e);
    }
    if (images.isEmpty()) {
      throw DataErrors.data(
          "%s holds no image: no file below it ends with .png, .jpg or .jpeg. Give the directory of the images, or say what it is with --input-format."
              .formatted(uri));
    }
    images.sort(null);
    return images;
  }

  private static void add(FileSystem files, Path directory, List<String> images)
      throws IOException {
    for (FileStatus status : files.listStatus(directory)) {
      String name = status.getPath().getName();
      if (name.startsWith(".") || name.startsWith("_")) {
        continue;
      }
      if (status.isDirectory()) {
        add(files, status.getPath(), images);
      } else if (ImageFolderListing.isImage(name)) {
        images.add(status.getPath().toString());
      }
    }
  }

  /**
   * The content of an image file.
   *
   * @throws IOException if the file system fails
   * @throws org.modelzoo.base.ModelZooException (data) if it is larger than an image can be, or
   *     gone or unreadable though its directory is there
   */
  public static byte[] content(String uri, Configuration hadoop) throws IOException {
    Path path = new Path(uri);
    FileSystem files = path.getFileSystem(hadoop);
    try (InputStream content = files.open(path)) {
      byte[] bytes = content.readNBytes(ImageFolderSource.MOST_FILE_BYTES + 1);
      if (bytes.length > ImageFolderSource.MOST_FILE_BYTES) {
        throw DataErrors.data(
            "%s has more than %d bytes, and an image file hasn't. Replace or remove it."
                .formatted(uri, ImageFolderSource.MOST_FILE_BYTES));
      }
      return bytes;
    } catch (FileNotFoundException e) {
      // Where a disk isn't mounted, or on a node without these files, all of them are missing.
      if (!files.exists(path.getParent())) {
        throw e;
      }
      throw DataErrors.data(
          "%s was there when the images were listed, and can't be opened: %s."
              .formatted(uri, e.getMessage()));
    }
  }
}
