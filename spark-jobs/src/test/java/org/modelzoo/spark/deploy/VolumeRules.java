package org.modelzoo.spark.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What volumes and their mounts must say, wherever they stand. */
final class VolumeRules {
  private VolumeRules() {}

  /** Volumes refer to what the other files make, mounts to the volumes; runs and data are there. */
  static void assertVolumes(JsonNode volumes, JsonNode mounts) {
    List<String> claims = names("storage.yaml", "PersistentVolumeClaim");
    List<String> maps = names("config.yaml", "ConfigMap");
    Map<String, JsonNode> byName = new HashMap<>();
    for (JsonNode volume : volumes) {
      byName.put(volume.path("name").asText(), volume);
      if (volume.has("configMap")) {
        assertThat(maps).contains(volume.at("/configMap/name").asText());
      } else {
        assertThat(claims).contains(volume.at("/persistentVolumeClaim/claimName").asText());
      }
    }
    Map<String, JsonNode> byPath = new HashMap<>();
    for (JsonNode mount : mounts) {
      assertThat(byName).containsKey(mount.path("name").asText());
      byPath.put(mount.path("mountPath").asText(), mount);
    }
    assertThat(byPath).containsKeys("/runs", "/data");
    assertThat(byPath.get("/runs").path("readOnly").asBoolean()).isFalse();
    assertThat(byPath.get("/data").path("readOnly").asBoolean()).isTrue();
  }

  private static List<String> names(String file, String kind) {
    return Manifest.of(file, kind).stream().map(Manifest::name).toList();
  }
}
