package org.modelzoo.board.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.pathmap.MatchedResource;
import org.eclipse.jetty.http.pathmap.PathMappings;
import org.eclipse.jetty.http.pathmap.UriTemplatePathSpec;

/** Which path is answered by what. */
final class Routes {
  private final PathMappings<Route> mappings = new PathMappings<>();
  private final Map<String, Route> byTemplate = new LinkedHashMap<>();

  /** Answers a request. */
  @FunctionalInterface
  interface Route {
    Answer answer(Parameters parameters);
  }

  /** A route with the parts of the path that it was found by. */
  record Match(Route route, Map<String, String> path) {}

  /**
   * Adds a route.
   *
   * @param template such as {@code /api/v1/entries/{id}}
   */
  Routes on(String template, Route route) {
    mappings.put(new UriTemplatePathSpec(template), route);
    byTemplate.put(template, route);
    return this;
  }

  Set<String> templates() {
    return byTemplate.keySet();
  }

  /** Null where no route has this path. */
  Match find(String path) {
    MatchedResource<Route> matched = mappings.getMatched(path);
    return matched == null
        ? null
        : new Match(
            matched.getResource(),
            ((UriTemplatePathSpec) matched.getPathSpec()).getPathParams(path));
  }
}
