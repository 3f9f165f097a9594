package org.modelzoo.data;

import org.apache.hadoop.conf.Configuration;
import org.modelzoo.config.ImageShape;

/**
 * The images of a file, directory or archive in one of the fixed formats, one after the other and
 * without their labels. Runs on driver and executors; unusable files are {@code ModelZooException}s
 * of kind DATA.
 */
public sealed interface ImageRecords permits IdxRecords, CifarRecords {
  /** Of every image. */
  ImageShape shape();

  /** How many there are. */
  int size();

  /**
   * Reads a range of them, in the order of the files.
   *
   * @param from first image
   * @param to one after the last
   */
  void read(int from, int to, Taker taker);

  /** Takes images. */
  @FunctionalInterface
  interface Taker {
    /**
     * Takes one.
     *
     * @param name the file and, after #, the number of the image in it, from 0
     * @param pixels [height, width, channels], unsigned bytes; the taker's own
     */
    void take(String name, byte[] pixels);
  }

  /** A file of images of MNIST's format, plain or gzipped, of any size; reads its header. */
  static ImageRecords idx(String uri, Configuration hadoop) {
    return new IdxRecords(uri, hadoop);
  }

  /** The official archive of CIFAR-10, or the directory of its files. */
  static ImageRecords cifar10(String uri, Configuration hadoop) {
    return new CifarRecords(CifarFormat.CIFAR_10, uri, hadoop);
  }

  /** The official archive of CIFAR-100, or the directory of its files. */
  static ImageRecords cifar100(String uri, Configuration hadoop) {
    return new CifarRecords(CifarFormat.CIFAR_100, uri, hadoop);
  }
}
