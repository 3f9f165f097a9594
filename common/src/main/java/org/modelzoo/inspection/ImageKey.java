package org.modelzoo.inspection;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.modelzoo.data.LabelledImages;

/** What tells images apart: 128 bits of the SHA-256 of all their bytes. */
record ImageKey(long first, long second) {
  /** The key of one of some images. */
  static ImageKey of(LabelledImages images, int index) {
    int size = images.shape().size();
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(images.pixels(), index * size, size);
      ByteBuffer hash = ByteBuffer.wrap(digest.digest());
      return new ImageKey(hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
