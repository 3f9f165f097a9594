package org.modelzoo.spark.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.crypto.AuthClientBootstrap;
import org.apache.spark.network.crypto.AuthServerBootstrap;
import org.apache.spark.network.sasl.SecretKeyHolder;
import org.apache.spark.network.server.OneForOneStreamManager;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;
import org.apache.spark.network.server.TransportServer;
import org.apache.spark.network.util.MapConfigProvider;
import org.apache.spark.network.util.TransportConf;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which ciphers of this version of Spark carry the messages of its processes. */
@Tag("full")
class AuthenticatedCipherTest {
  private static final List<String> MESSAGES = List.of("one", "two", "three");

  @Test
  void whatTheDeployFilesSetCarriesEveryMessage() throws Exception {
    assertThat(answers(Map.of())).isEqualTo(MESSAGES);
  }

  /** When this fails, Spark has been repaired: set the cipher in all deploy files. */
  @Test
  void theAuthenticatedCipherStopsAllTraffic() {
    assertThatThrownBy(() -> answers(Map.of("spark.network.crypto.cipher", "AES/GCM/NoPadding")))
        .hasRootCauseInstanceOf(TimeoutException.class);
  }

  private static List<String> answers(Map<String, String> more) throws Exception {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "spark.network.crypto.enabled", "true",
                "spark.network.crypto.authEngineVersion", "2",
                "spark.network.crypto.saslFallback", "false"));
    settings.putAll(more);
    TransportConf conf = new TransportConf("rpc", new MapConfigProvider(settings));
    SecretKeyHolder secret = new Secret();
    try (TransportContext context = new TransportContext(conf, new Echo());
        TransportServer server =
            context.createServer("127.0.0.1", 0, List.of(new AuthServerBootstrap(conf, secret)));
        TransportClientFactory clients =
            context.createClientFactory(
                List.of(new AuthClientBootstrap(conf, "application", secret)));
        TransportClient client = clients.createClient("127.0.0.1", server.getPort())) {
      return MESSAGES.stream().map(message -> ask(client, message)).toList();
    }
  }

  private static String ask(TransportClient client, String message) {
    ByteBuffer answer =
        client.sendRpcSync(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)), 3000);
    return StandardCharsets.UTF_8.decode(answer).toString();
  }

  /** The secret that both sides know. */
  private static final class Secret implements SecretKeyHolder {
    @Override
    public String getSaslUser(String application) {
      return "user";
    }

    @Override
    public String getSecretKey(String application) {
      return "made-up";
    }
  }

  /** Answers with what it was sent. */
  private static final class Echo extends RpcHandler {
    @Override
    public void receive(TransportClient client, ByteBuffer message, RpcResponseCallback callback) {
      callback.onSuccess(message);
    }

    @Override
    public StreamManager getStreamManager() {
      return new OneForOneStreamManager();
    }
  }
}
