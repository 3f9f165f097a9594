package org.modelzoo.board.web;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.pathmap.MatchedResource;
import org.eclipse.jetty.http.pathmap.PathMappings;
import org.eclipse.jetty.http.pathmap.UriTemplatePathSpec;

/** Which path is answered by what. */
final class Routes {
  private final PathMappings<Routed> mappings = new PathMappings<>();
  private final Set<String> templates = new LinkedHashSet<>();

  /** Answers a request. */
  @FunctionalInterface
  interface Route {
    Answer answer(Parameters parameters);
  }

  /** Answers a request that brings an image. */
  @FunctionalInterface
  interface ImageRoute {
    Answer answer(Parameters parameters, byte[] image);
  }

  /** What a path is for: one of the two is null. */
  private record Routed(Route reads, ImageRoute takesImages) {}

  /**
   * A route with the parts of the path that it was found by.
   *
   * @param reads null where images are sent to this path
   * @param takesImages null where this path is read
   */
  record Match(Route reads, ImageRoute takesImages, Map<String, String> path) {}

  /**
   * Adds a route that is read.
   *
   * @param template such as {@code /api/v1/entries/{id}}
   */
  Routes on(String template, Route route) {
    return add(template, new Routed(route, null));
  }

  /** Adds a route that images are sent to. */
  Routes onImage(String template, ImageRoute route) {
    return add(template, new Routed(null, route));
  }

  private Routes add(String template, Routed routed) {
    mappings.put(new UriTemplatePathSpec(template), routed);
    templates.add(template);
    return this;
  }

  Set<String> templates() {
    return Set.copyOf(templates);
  }

  /** Null where no route has this path. */
  Match find(String path) {
    MatchedResource<Routed> matched = mappings.getMatched(path);
    return matched == null
        ? null
        : new Match(
            matched.getResource().reads(),
            matched.getResource().takesImages(),
            ((UriTemplatePathSpec) matched.getPathSpec()).getPathParams(path));
  }
}
