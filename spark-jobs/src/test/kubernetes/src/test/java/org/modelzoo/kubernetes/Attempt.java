package org.modelzoo.kubernetes;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a request would do, in the words of roles. */
record Attempt(String verb, String group, String namespace, String resource) {
  private static final Pattern PATH =
      Pattern.compile(
          "/(?:api/v1|apis/([^/]+)/[^/]+)/namespaces/([^/]+)/([^/?]+)(/[^/?]+)?(/[^/?]+)?(\\?.*)?");

  /** None where the path names nothing in a namespace. */
  static Optional<Attempt> of(String method, String path) {
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String subresource = matcher.group(5) == null ? "" : matcher.group(5);
    String query = matcher.group(6) == null ? "" : matcher.group(6);
    return Optional.of(
        new Attempt(
            verb(method, matcher.group(4) != null, query.contains("watch=true")),
            matcher.group(1) == null ? "" : matcher.group(1),
            matcher.group(2),
            matcher.group(3) + subresource));
  }

  private static String verb(String method, boolean one, boolean watch) {
    return switch (method) {
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> one ? "delete" : "deletecollection";
      default -> watch ? "watch" : one ? "get" : "list";
    };
  }

  boolean isOf(String other) {
    return resource.equals(other);
  }

  @Override
  public String toString() {
    return verb + " " + resource;
  }
}
