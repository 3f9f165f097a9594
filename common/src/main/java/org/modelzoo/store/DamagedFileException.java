package org.modelzoo.store;

import java.io.IOException;

/**
 * A file of a run directory is not what was written; the caller decides whether it can be remade.
 */
public final class DamagedFileException extends IOException {
  private static final long serialVersionUID = 1L;

  public DamagedFileException(String file, String damage) {
    super(file + " is damaged: " + damage);
  }
}
