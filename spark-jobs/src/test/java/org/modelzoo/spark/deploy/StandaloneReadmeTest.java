package org.modelzoo.spark.deploy;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StandaloneReadmeTest {
  @Test
  void protectsWhatSparkSends() throws Exception {
    Map<String, String> settings =
        StandaloneReadme.properties("made-up").stream()
            .map(line -> line.split(" +"))
            .collect(Collectors.toMap(words -> words[0], words -> words[1]));

    SecurityRules.assertTraffic(settings);
  }
}
