package org.modelzoo.network;

/**
 * A graphics card's context is lost, as after an illegal access to memory, a failed launch or an
 * uncorrectable ECC error: nothing that this process still does on the card can succeed, and only
 * another process can go on. No outcome of a member, whoever trained there.
 */
public final class PoisonedDeviceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the library's
   */
  public PoisonedDeviceException(String message, Throwable cause) {
    super(message, cause);
  }
}
