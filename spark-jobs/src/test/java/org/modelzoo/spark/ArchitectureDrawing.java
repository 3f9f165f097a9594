package org.modelzoo.spark;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The rooms of the code and which uses which, as a Mermaid flowchart. An arrow is left out where a
 * path of others says the same.
 */
final class ArchitectureDrawing {
  private static final Pattern SPARK = Pattern.compile("org\\.modelzoo\\.(spark\\.[a-z]+)\\b.*");
  private static final Pattern COMMON = Pattern.compile("org\\.modelzoo\\.([a-z]+)\\b.*");

  private final Map<String, Set<String>> uses = new TreeMap<>();

  ArchitectureDrawing(JavaClasses classes) {
    for (JavaClass from : classes) {
      String room = room(from);
      Set<String> used = uses.computeIfAbsent(room, name -> new TreeSet<>());
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.getPackageName().startsWith("org.modelzoo.") && !room(target).equals(room)) {
          used.add(room(target));
        }
      }
    }
  }

  private static String room(JavaClass of) {
    Matcher spark = SPARK.matcher(of.getPackageName());
    if (spark.matches()) {
      return spark.group(1);
    }
    Matcher common = COMMON.matcher(of.getPackageName());
    if (!common.matches()) {
      throw new IllegalArgumentException(of.getName() + " is in no room");
    }
    return common.group(1);
  }

  /** The lines of the flowchart, each with its line feed. */
  String mermaid() {
    StringBuilder text = new StringBuilder("flowchart TD\n");
    group("spark-jobs", true, text);
    group("common", false, text);
    uses.forEach(
        (room, used) -> {
          Set<String> arrows =
              used.stream()
                  .filter(target -> used.stream().noneMatch(other -> reaches(other, target)))
                  .map(ArchitectureDrawing::node)
                  .collect(Collectors.toCollection(TreeSet::new));
          if (!arrows.isEmpty()) {
            text.append("  %s --> %s\n".formatted(node(room), String.join(" & ", arrows)));
          }
        });
    return text.toString();
  }

  private void group(String module, boolean spark, StringBuilder text) {
    text.append("  subgraph ").append(module).append('\n');
    uses.keySet().stream()
        .filter(room -> room.startsWith("spark.") == spark)
        .forEach(room -> text.append("    %s[%s]\n".formatted(node(room), simple(room))));
    text.append("  end\n");
  }

  private boolean reaches(String from, String target) {
    return uses.get(from).stream().anyMatch(next -> next.equals(target) || reaches(next, target));
  }

  private static String node(String room) {
    return room.replace('.', '-');
  }

  private static String simple(String room) {
    return room.substring(room.indexOf('.') + 1);
  }
}
