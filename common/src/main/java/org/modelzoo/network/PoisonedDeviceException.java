package org.modelzoo.network;

/**
 * An error after which no operation of this process on a graphics card succeeds any more, such as
 * an access outside its memory. The process must end; another one may use the card.
 */
public final class PoisonedDeviceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PoisonedDeviceException(String message, Throwable cause) {
    super(message, cause);
  }
}
