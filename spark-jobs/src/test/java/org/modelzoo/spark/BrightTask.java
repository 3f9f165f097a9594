package org.modelzoo.spark;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Ten classes of 28×28 images in MNIST's format, black but for the last two. Divided by a tiny
 * deviation, black stays black, and everything else makes a network overflow at its first step, on
 * every processor.
 */
final class BrightTask {
  private static final int PIXELS = 28 * 28;
  private static final int PER_CLASS = 5;

  private BrightTask() {}

  /**
   * Writes the images and an experiment of two rounds in which one member of four diverges.
   *
   * @return its configuration file
   */
  static Path write(Path directory) throws IOException {
    write(directory, "train", PER_CLASS * 2);
    write(directory, "t10k", PER_CLASS);
    return Files.writeString(
        directory.resolve("bright.conf"),
        """
        experiment { name = tiny, seed = 1 }
        data {
          directory = "%s"
          set {
            name = bright
            source.format = mnist
            tasks = [
              { name = dark, classes = [0, 1, 2] }
              { name = black, classes = [3, 4, 5] }
              { name = bright, classes = [8, 9] }
            ]
          }
          normalisation { mean = 0, deviation = 1e-38 }
        }
        training { epochs = 2, batch-size = 8 }
        zoo { mode = multi-task, rounds = 2, tasks-per-round = 1, members-per-round = 2 }
        """
            .formatted(directory.toUri()));
  }

  private static void write(Path directory, String part, int perClass) throws IOException {
    ByteArrayOutputStream images = new ByteArrayOutputStream();
    ByteArrayOutputStream labels = new ByteArrayOutputStream();
    DataOutputStream imagesOut = new DataOutputStream(images);
    DataOutputStream labelsOut = new DataOutputStream(labels);
    imagesOut.writeInt(0x803);
    imagesOut.writeInt(10 * perClass);
    imagesOut.writeInt(28);
    imagesOut.writeInt(28);
    labelsOut.writeInt(0x801);
    labelsOut.writeInt(10 * perClass);
    for (int i = 0; i < 10 * perClass; i++) {
      int label = i % 10;
      byte[] image = new byte[PIXELS];
      if (label >= 8) {
        Arrays.fill(image, (byte) (label == 8 ? 200 : 255));
      }
      imagesOut.write(image);
      labelsOut.writeByte(label);
    }
    Files.write(directory.resolve(part + "-images-idx3-ubyte"), images.toByteArray());
    Files.write(directory.resolve(part + "-labels-idx1-ubyte"), labels.toByteArray());
  }
}
