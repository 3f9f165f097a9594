package org.modelzoo.board.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.modelzoo.report.page.Page;

/** Files of the page, out of the program's jar and from nowhere else. */
final class Assets {
  private static final Pattern NAME =
      Pattern.compile("[a-z][a-z0-9-]*(?:\\.min)?\\.(js|css|svg|png)");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png");

  private Assets() {}

  /** The page itself. */
  static Answer page() {
    return read("/org/modelzoo/board/page/index.html")
        .map(content -> Answer.of(TYPES.get("html"), content))
        .orElseThrow();
  }

  /** A file of the board's page or, shared with it, of the report's; 404 where there is none. */
  static Answer asset(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return missing();
    }
    return read("/org/modelzoo/board/page/" + name)
        .or(() -> read("/" + Page.class.getPackageName().replace('.', '/') + "/" + name))
        .map(content -> Answer.of(TYPES.get(matcher.group(1)), content))
        .orElseGet(Assets::missing);
  }

  private static Answer missing() {
    return Answer.error(404, "there is no such file of the page");
  }

  /** A name that matched holds neither a slash nor dots in a row. */
  private static Optional<byte[]> read(String resource) {
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("the program's jar can't be read", e);
    }
  }
}
