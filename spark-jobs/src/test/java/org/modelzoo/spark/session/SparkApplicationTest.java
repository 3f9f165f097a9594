package org.modelzoo.spark.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.modelzoo.config.ConfigLoader;

class SparkApplicationTest {
  @BeforeEach
  void sparkSubmitNamesTheJar() {
    System.setProperty("spark.jars", "file:/somewhere/modelzoo-app.jar");
  }

  @AfterEach
  void forgetIt() {
    System.clearProperty("spark.jars");
    System.clearProperty("spark.master");
  }

  @Test
  void onlyExecutorsOfTheirOwnGetTheJar() {
    assertThat(settings("local[2]").contains("spark.jars")).isFalse();
    assertThat(settings("spark://there:7077").get("spark.jars"))
        .isEqualTo("file:/somewhere/modelzoo-app.jar");
  }

  private static SparkConf settings(String master) {
    System.setProperty("spark.master", master);
    return SparkApplication.settings(ConfigLoader.load(List.of(), List.of()).values());
  }
}
