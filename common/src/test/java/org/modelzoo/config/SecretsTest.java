package org.modelzoo.config;

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
        "password = \"pl4n\\\"pl4nted\""
      })
  void secretsAreHidden(String text) {
    assertThat(Secrets.hiddenIn(text)).contains(Secrets.HIDDEN).doesNotContain("pl4nted");
  }

  @Test
  @Timeout(60)
  void longWordsTakeNoTime() {
    String word = "v".repeat(300_000);
    assertThat(Secrets.hiddenIn(word + " token=pl4nted")).isEqualTo(word + " token=(hidden)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark://master:7077/a is not user@host",
        "training.epochs = 0 must be at least 1",
        "give them as spark.hadoop.fs.s3a.secret.key, or otherwise",
        "hdfs://namenode:8020/zoo/runs"
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
        .hasMessageContainingAll("spark", "output.password", "is no key")
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
