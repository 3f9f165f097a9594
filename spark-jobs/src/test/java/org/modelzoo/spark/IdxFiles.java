package org.modelzoo.spark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * A made-up data set in MNIST's format: each class is a square at a place of its own, and noise.
 */
final class IdxFiles {
  private static final int CLASSES = 10;
  private static final int SIDE = 28;

  private IdxFiles() {}

  /** Writes twelve images of each class to train on, and six to test on. */
  static Path write(Path directory) throws IOException {
    Files.createDirectories(directory);
    write(directory, "train", 12);
    write(directory, "t10k", 6);
    return directory;
  }

  private static void write(Path directory, String part, int ofEachClass) throws IOException {
    int count = ofEachClass * CLASSES;
    ByteBuffer images = ByteBuffer.allocate(16 + count * SIDE * SIDE);
    images.putInt(0x803).putInt(count).putInt(SIDE).putInt(SIDE);
    ByteBuffer labels = ByteBuffer.allocate(8 + count);
    labels.putInt(0x801).putInt(count);
    Random random = new Random(part.length());
    for (int image = 0; image < count; image++) {
      int label = image % CLASSES;
      labels.put((byte) label);
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          boolean square = y / 7 == label / 4 && x / 7 == label % 4;
          images.put((byte) (random.nextInt(100) + (square ? 150 : 0)));
        }
      }
    }
    Files.write(directory.resolve(part + "-images-idx3-ubyte"), images.array());
    Files.write(directory.resolve(part + "-labels-idx1-ubyte"), labels.array());
  }
}
