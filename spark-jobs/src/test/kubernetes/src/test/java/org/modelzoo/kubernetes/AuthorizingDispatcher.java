package org.modelzoo.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.crud.CrudDispatcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Optional;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import okio.Buffer;

/**
 * Lets service accounts, whose tokens are their names, do what roles and bindings in the server
 * allow; whoever comes without a token may do everything. Gives pods their first phase and makes
 * what is applied, as API servers do.
 */
final class AuthorizingDispatcher extends KubernetesCrudDispatcher {
  private static final String BEARER = "Bearer ";
  private static final ObjectMapper JSON = new ObjectMapper();

  AuthorizingDispatcher() {
    super(List.of());
    surviveWatches();
  }

  /** A watch that opens reads all objects while other requests change them. */
  private void surviveWatches() {
    try {
      Field map = CrudDispatcher.class.getDeclaredField("map");
      map.setAccessible(true);
      map.set(this, new ObjectMap<Object, Object>());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    String token = request.getHeader("Authorization");
    Optional<Attempt> attempt = Attempt.of(request.getMethod(), request.getPath());
    if (token != null && token.startsWith(BEARER) && attempt.isPresent()) {
      String account = token.substring(BEARER.length()).strip();
      boolean allowed = isAllowed(account, attempt.get());
      System.out.println(account + (allowed ? " may " : " MAY NOT ") + attempt.get());
      if (!allowed) {
        return new MockResponse()
            .setResponseCode(403)
            .setBody("{\"kind\":\"Status\",\"code\":403,\"reason\":\"Forbidden\"}");
      }
    }
    return super.dispatch(ServerSideApply.isOne(request) ? applied(request) : request);
  }

  private RecordedRequest applied(RecordedRequest request) {
    String path = ServerSideApply.path(request);
    boolean exists = handleGet(path).getStatus().contains(" 200 ");
    return exists ? ServerSideApply.patch(request) : ServerSideApply.creation(request);
  }

  @Override
  public MockResponse handleCreate(RecordedRequest request) {
    if (Attempt.of("POST", request.getPath()).filter(it -> it.isOf("pods")).isPresent()) {
      setPending(request.getBody());
    }
    return super.handleCreate(request);
  }

  private static void setPending(Buffer body) {
    try {
      ObjectNode pod = (ObjectNode) JSON.readTree(body.readUtf8());
      pod.putObject("status").put("phase", "Pending");
      body.writeUtf8(pod.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isAllowed(String account, Attempt attempt) {
    for (JsonNode binding : list(attempt.namespace(), "rolebindings")) {
      for (JsonNode subject : binding.path("subjects")) {
        if (subject.path("kind").asText().equals("ServiceAccount")
            && subject.path("name").asText().equals(account)
            && isAllowedBy(binding.at("/roleRef/name").asText(), attempt)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isAllowedBy(String role, Attempt attempt) {
    for (JsonNode candidate : list(attempt.namespace(), "roles")) {
      if (candidate.at("/metadata/name").asText().equals(role)) {
        for (JsonNode rule : candidate.path("rules")) {
          if (has(rule.path("apiGroups"), attempt.group())
              && has(rule.path("resources"), attempt.resource())
              && has(rule.path("verbs"), attempt.verb())) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private JsonNode list(String namespace, String resource) {
    MockResponse response =
        handleGet(
            "/apis/rbac.authorization.k8s.io/v1/namespaces/%s/%s".formatted(namespace, resource));
    try {
      return JSON.readTree(response.getBody().readUtf8()).path("items");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean has(JsonNode array, String text) {
    for (JsonNode element : array) {
      if (element.asText().equals(text)) {
        return true;
      }
    }
    return false;
  }
}
