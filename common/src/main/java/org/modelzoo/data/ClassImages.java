package org.modelzoo.data;

/**
 * The images of one class as the source has them, before they are cut into tasks.
 *
 * @param train [images, height, width, channels], unsigned bytes, in file order
 * @param test likewise
 */
record ClassImages(byte[] train, byte[] test) {
  byte[] of(SourceSplit split) {
    return split == SourceSplit.TRAIN ? train : test;
  }
}
