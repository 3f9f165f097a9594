package org.modelzoo.spark.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of one pod: where those of its image and of its volumes lie on this machine. Processes
 * here have no file system of their own, so that paths are replaced wherever they are written.
 */
final class PodFiles {
  private final Map<String, String> replacements =
      new TreeMap<>(Comparator.comparing(String::length).reversed().thenComparing(text -> text));

  /**
   * Lays the volumes of a pod.
   *
   * @param image paths in the image to files of this machine
   * @param names host names of services to addresses
   * @param claims of volumes to directories of this machine
   * @param maps config maps by name
   */
  PodFiles(
      JsonNode pod,
      Path directory,
      Map<String, Path> image,
      Map<String, String> names,
      Map<String, Path> claims,
      Map<String, JsonNode> maps)
      throws IOException {
    image.forEach((there, here) -> replacements.put(there, here.toString()));
    replacements.putAll(names);
    Map<String, JsonNode> volumes = new TreeMap<>();
    pod.at("/spec/volumes")
        .forEach(volume -> volumes.put(volume.path("name").asText(), volume));
    Map<Path, JsonNode> mapped = new TreeMap<>();
    for (JsonNode mount : container(pod).path("volumeMounts")) {
      JsonNode volume = volumes.get(mount.path("name").asText());
      Path here = directory.resolve(mount.path("name").asText());
      if (volume.has("persistentVolumeClaim")) {
        here = found(claims, volume.at("/persistentVolumeClaim/claimName").asText());
      } else if (volume.has("configMap")) {
        JsonNode map = found(maps, volume.at("/configMap/name").asText());
        mapped.put(Files.createDirectories(here), map);
      } else {
        Files.createDirectories(here);
      }
      replacements.put(mount.path("mountPath").asText(), here.toString());
    }
    // Last, as what they say may name each other.
    for (Map.Entry<Path, JsonNode> map : mapped.entrySet()) {
      for (Map.Entry<String, JsonNode> file : map.getValue().path("data").properties()) {
        Files.writeString(
            map.getKey().resolve(file.getKey()), local(file.getValue().asText()));
      }
    }
  }

  private static <T> T found(Map<String, T> all, String name) throws IOException {
    if (!all.containsKey(name)) {
      throw new IOException("a pod wants " + name + ", but there are only " + all.keySet());
    }
    return all.get(name);
  }

  static JsonNode container(JsonNode pod) {
    return pod.at("/spec/containers/0");
  }

  /** A text of the pod, with paths of this machine. */
  String local(String text) {
    StringBuilder pattern = new StringBuilder("(?<![\\w.-])(");
    String separator = "";
    for (String there : replacements.keySet()) {
      pattern.append(separator).append(Pattern.quote(there));
      separator = "|";
    }
    return Pattern.compile(pattern.append(")(?![\\w.-])").toString())
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(replacements.get(match.group())));
  }
}
