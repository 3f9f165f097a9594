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
      throws IOException, MissingException {
    image.forEach((there, here) -> replacements.put(there, here.toString()));
    replacements.putAll(names);
    Map<String, JsonNode> volumes = new TreeMap<>();
    pod.at("/spec/volumes").forEach(volume -> volumes.put(volume.path("name").asText(), volume));
    Map<Path, String> texts = new TreeMap<>();
    for (JsonNode mount : container(pod).path("volumeMounts")) {
      JsonNode volume = volumes.get(mount.path("name").asText());
      Path here = directory.resolve(mount.path("name").asText());
      if (volume.has("persistentVolumeClaim")) {
        here = found(claims, volume.at("/persistentVolumeClaim/claimName").asText());
      } else {
        Files.createDirectories(here);
      }
      if (volume.has("configMap")) {
        JsonNode map = found(maps, volume.at("/configMap/name").asText());
        for (Map.Entry<String, JsonNode> file : map.path("data").properties()) {
          texts.put(
              here.resolve(nameOf(file.getKey(), volume.at("/configMap/items"))),
              file.getValue().asText());
        }
      }
      replacements.put(mount.path("mountPath").asText(), here.toString());
    }
    // Last, as what they say may name each other.
    for (Map.Entry<Path, String> text : texts.entrySet()) {
      Files.writeString(text.getKey(), local(text.getValue()));
    }
  }

  /** A key of a config map as a file, which a volume may call by another name. */
  private static String nameOf(String key, JsonNode items) {
    for (JsonNode item : items) {
      if (item.path("key").asText().equals(key)) {
        return item.path("path").asText();
      }
    }
    return key;
  }

  /** A volume can't be laid: the pod has to wait. */
  static final class MissingException extends Exception {
    private static final long serialVersionUID = 1;

    private MissingException(String message) {
      super(message);
    }
  }

  private static <T> T found(Map<String, T> all, String name) throws MissingException {
    if (!all.containsKey(name)) {
      throw new MissingException("a pod wants " + name + ", but there are only " + all.keySet());
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
