package org.modelzoo.board.web;

import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

/**
 * How a board is reached, and by whom.
 *
 * @param host name or address to listen at
 * @param port 0 for any that is free
 * @param allowedHosts names that requests may be for, beside the host's own and those of loopback
 * @param token that everybody must bring; empty only on loopback
 * @param tls empty for plain HTTP
 */
public record BoardSettings(
    List<String> roots,
    String host,
    int port,
    Set<String> allowedHosts,
    Optional<String> token,
    Optional<Tls> tls) {
  public BoardSettings {
    roots = List.copyOf(roots);
    allowedHosts = Set.copyOf(allowedHosts);
  }

  /**
   * The server's key and certificate.
   *
   * @param keystore a PKCS #12 or JKS file
   */
  public record Tls(String keystore, String password) {
    /**
     * Says so where the file can't be opened with the password, or holds no key.
     *
     * @throws ModelZooException (configuration) if so
     */
    void requireUsable() {
      try {
        KeyStore store = KeyStore.getInstance(new File(keystore), password.toCharArray());
        for (String alias : Collections.list(store.aliases())) {
          if (store.isKeyEntry(alias)) {
            return;
          }
        }
        throw unusable("it holds no key", null);
      } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
        throw unusable(e.getMessage(), e);
      }
    }

    private ModelZooException unusable(String why, Exception cause) {
      return new ModelZooException(
          ErrorKind.CONFIGURATION,
          "--tls-keystore %s can't be opened: %s; give a PKCS #12 or JKS file with a key and its certificate, and its password in MODELZOO_BOARD_KEYSTORE_PASSWORD"
              .formatted(keystore, why),
          cause);
    }

    /** Without the password. */
    @Override
    public String toString() {
      return "Tls[" + keystore + "]";
    }
  }
}
