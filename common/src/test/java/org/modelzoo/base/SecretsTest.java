package org.modelzoo.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelzoo.config.ConfigLoader;

class SecretsTest {
  @ParameterizedTest
  @CsvSource({
    "spark.hadoop.fs.s3a.secret.key, true",
    "spark.hadoop.fs.s3a.access.key, true",
    "spark.hadoop.fs.s3a.session.token, true",
    "spark.hadoop.fs.azure.account.key.store.dfs.core.windows.net, true",
    "spark.authenticate.secret, true",
    "spark.ssl.keyStorePassword, true",
    "AWS_SECRET_ACCESS_KEY, true",
    "fs.s3a.encryption.key, true",
    "fs.s3a.server-side-encryption.key, true",
    "spark.hadoop.fs.s3a.bucket.images.encryption.key, true",
    "fs.s3n.awsSecretAccessKey, true",
    "fs.azure.sas.images.store.blob.core.windows.net, true",
    "fs.azure.sas.fixed.token.store.dfs.core.windows.net, true",
    "fs.azure.account.oauth2.client.secret.store.dfs.core.windows.net, true",
    "fs.azure.account.oauth2.user.password, true",
    "fs.azure.account.oauth2.refresh.token, true",
    "fs.gs.auth.service.account.private.key, true",
    "fs.gs.encryption.key, true",
    "fs.oss.accessKeySecret, true",
    "fs.cosn.userinfo.secretKey, true",
    "fs.swift.service.a.apikey, true",
    "spark.ssl.rpc.keyPassword, true",
    "ssl.server.truststore.password, true",
    "AWS_SESSION_TOKEN, true",
    "AZURE_STORAGE_KEY, true",
    "AZURE_STORAGE_SAS_TOKEN, true",
    "AZURE_CLIENT_SECRET, true",
    "MLFLOW_TRACKING_PASSWORD, true",
    "DATABRICKS_TOKEN, true",
    "sig, true",
    "X-Amz-Signature, true",
    "X-Goog-Signature, true",
    "SharedAccessSignature, true",
    "spark.io.encryption.keySizeBits, false",
    "spark.io.encryption.keygen.algorithm, false",
    "spark.io.encryption.enabled, false",
    "fs.s3a.encryption.algorithm, false",
    "dfs.encryption.key.provider.uri, false",
    "fs.azure.account.auth.type, false",
    "hadoop.security.sasl.mechanism, false",
    "spark.kryo.registrator, false",
    "signal, false",
    "zoo.signal, false",
    "spark.executor.memory, false",
    "zoo.tasks-per-round, false",
    "experiment.name, false"
  })
  void keysThatSoundLikeASecret(String key, boolean secret) {
    assertThat(Secrets.isSecret(key)).isEqualTo(secret);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no file at s3a://user:pl4nted@bucket/a",
        "no file at s3a://AKIA:pl4nted/with/slashes@bucket/a",
        "spark.hadoop.fs.s3a.secret.key=pl4nted is unknown",
        "{\"fs.s3a.secret.key\":\"pl4nted and more pl4nted\",\"a\":1}",
        "spark.authenticate.secret: pl4nted",
        "Unknown options: '--conf', 'fs.azure.account.key.x.net=pl4nted'",
        "password = \"pl4n\\\"pl4nted\"",
        "fs.azure.sas.images.store.blob.core.windows.net=sv=2022&sig=pl4nted%3D",
        "403 for https://store.blob.core.windows.net/images/a.png?sv=2022&sig=pl4nted%3D&se=1",
        "GET https://b.s3.amazonaws.com/a?X-Amz-Credential=AK%2F1&X-Amz-Signature=pl4nted",
        "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=pl4nted==;EndpointSuffix=core",
        "can't clone https://pl4nted@git.example.org/a.git",
        "can't reach http://pl4nted@host:8080/",
        "Authorization: Bearer pl4nted.pl4nted",
        "{\"Authorization\": \"Basic pl4nted==\"}",
        "sent with bearer pl4ntedpl4ntedpl4nted",
        "AWS_SECRET_ACCESS_KEY=pl4nted AWS_SESSION_TOKEN=pl4nted"
      })
  void secretsAreHidden(String text) {
    assertThat(Secrets.hiddenIn(text)).contains(Secrets.HIDDEN).doesNotContain("pl4nted");
  }

  @Test
  void whatIsHiddenStaysAsItIs() {
    String hidden =
        Secrets.hiddenIn("token=a, {\"password\":\"b\"}, https://c@d, Authorization: Basic abcdef");
    assertThat(Secrets.hiddenIn(hidden)).isEqualTo(hidden).doesNotContain("))");
  }

  @Test
  @Timeout(60)
  void longWordsTakeNoTime() {
    String word = "v".repeat(300_000);
    assertThat(Secrets.hiddenIn(word + " token=pl4nted")).isEqualTo(word + " token=(hidden)");
    String tokens = "token".repeat(60_000);
    assertThat(Secrets.hiddenIn(tokens)).isEqualTo(tokens);
    assertThat(Secrets.hiddenIn("\"token\": \"" + word + "\"")).isEqualTo("\"token\": (hidden)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark://master:7077/a is not user@host",
        "training.epochs = 0 must be at least 1",
        "give them as spark.hadoop.fs.s3a.secret.key, or otherwise",
        "hdfs://namenode:8020/zoo/runs",
        "abfs://container@account.dfs.core.windows.net/images and s3a://user@bucket",
        "https://host/images@2x/a.png",
        "the bearer of bad news, basic training, sigma = 0.5, signal = validation",
        "spark.io.encryption.keySizeBits = 256"
      })
  void everythingElseStays(String text) {
    assertThat(Secrets.hiddenIn(text)).isEqualTo(text);
  }

  @Test
  void problemsOfSettingsThatArentOursShowNoSecret(@TempDir Path directory) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("a.conf"),
            "spark { hadoop.fs.s3a { secret { key = pl4nted }, endpoint = there } }");
    List<String> overrides =
        List.of("output.password=pl4nted", "fs.s3a.secret.key=pl4nted", "token {pl4nted");

    assertThatThrownBy(() -> ConfigLoader.load(List.of(file), overrides.subList(0, 2)))
        .hasMessageContainingAll("spark", "output.password", "unknown key")
        .hasMessageNotContaining("pl4nted");
    assertThatThrownBy(() -> ConfigLoader.load(List.of(), overrides))
        .hasMessageContaining("must read key=value")
        .hasMessageNotContaining("pl4nted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3a://k:pl4nted@bucket",
        "abfs://c@a.net/d?token=pl4nted",
        "wasb://b/d?api_key=pl4nted"
      })
  void locationsWithSecretsAreRefusedWithoutShowingThem(String location) {
    assertThatThrownBy(
            () ->
                ConfigLoader.load(
                    List.of(),
                    List.of("data.directory=" + location, "output.directory=" + location)))
        .hasMessageContaining("data.directory: must not hold a password")
        .hasMessageContaining("output.directory: must not hold a password")
        .hasMessageNotContaining("pl4nted");
  }
}
