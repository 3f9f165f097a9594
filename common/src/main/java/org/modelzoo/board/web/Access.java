package org.modelzoo.board.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/**
 * Who may ask. Names of hosts are checked, so that no page of another site reaches a board behind a
 * name that it points here; where there is a token, nothing is answered without it.
 */
final class Access {
  static final String COOKIE = "modelzoo-board";

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
  private static final String BEARER = "Bearer ";

  private final Optional<String> token;
  private final Set<String> hosts;

  /** Stands for the token in browsers; another one in each process. */
  private final String session;

  /**
   * The rules of one board.
   *
   * @param token empty where nobody needs one
   * @param hosts names and addresses that a request may be for, beside those of loopback
   */
  Access(Optional<String> token, Set<String> hosts) {
    this.token = token;
    this.hosts =
        Stream.concat(LOOPBACK.stream(), hosts.stream())
            .map(host -> host.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.session = HexFormat.of().formatHex(random);
  }

  /** Whether the request is for a host that this board is reached by. */
  boolean isForUs(Request request) {
    String host = Request.getServerName(request);
    return host != null
        && request.getHeaders().getValuesList(HttpHeader.HOST).size() <= 1
        && hosts.contains(host.toLowerCase(Locale.ROOT));
  }

  /**
   * Whether no page of another site sends this: browsers say where a request comes from. Programs
   * say nothing.
   */
  boolean isFromOurPage(Request request) {
    String site = request.getHeaders().get("Sec-Fetch-Site");
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    String host = request.getHeaders().get(HttpHeader.HOST);
    boolean isOurSite = site == null || site.equals("same-origin");
    boolean isOurOrigin =
        origin == null
            || origin.equalsIgnoreCase("http://" + host)
            || origin.equalsIgnoreCase("https://" + host);
    return isOurSite && isOurOrigin;
  }

  /** Whether it brings the token, or the cookie that stands for it. */
  boolean isAllowed(Request request) {
    if (token.isEmpty()) {
      return true;
    }
    String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (header != null) {
      return header.startsWith(BEARER)
          && isSame(token.get(), header.substring(BEARER.length()).strip());
    }
    return Request.getCookies(request).stream()
        .filter(cookie -> cookie.getName().equals(COOKIE))
        .anyMatch(cookie -> isSame(session, cookie.getValue()));
  }

  /** Whether a browser brings the token in its address. */
  boolean isTokenInQuery(Fields query) {
    String given = query.getValue("token");
    return token.isPresent() && given != null && isSame(token.get(), given);
  }

  /** What such a browser gets for it. */
  HttpCookie cookie(boolean secure) {
    return HttpCookie.build(COOKIE, session)
        .path("/")
        .httpOnly(true)
        .secure(secure)
        .sameSite(HttpCookie.SameSite.STRICT)
        .build();
  }

  /** In a time that tells nothing of where they differ, nor of their lengths. */
  private static boolean isSame(String expected, String given) {
    return MessageDigest.isEqual(digest(expected), digest(given));
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
