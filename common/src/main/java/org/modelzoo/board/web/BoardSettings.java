package org.modelzoo.board.web;

import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    /** Without the password. */
    @Override
    public String toString() {
      return "Tls[" + keystore + "]";
    }
  }
}
