package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.DocumentationTool;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Javadoc says nothing against the comments of both modules; it need not have one everywhere. */
class JavadocTest {
  @TempDir private Path output;

  @Test
  void javadocHasNoWarnings() throws Exception {
    List<Path> sources = new ArrayList<>();
    for (String module : List.of("../common", ".")) {
      try (Stream<Path> files = Files.walk(Path.of(module, "src/main/java"))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    StringWriter messages = new StringWriter();
    DocumentationTool javadoc = ToolProvider.getSystemDocumentationTool();
    try (StandardJavaFileManager manager = javadoc.getStandardFileManager(null, null, null)) {
      boolean done =
          javadoc
              .getTask(
                  messages,
                  manager,
                  null,
                  null,
                  List.of("-quiet", "-Xdoclint:all,-missing", "-d", output.toString()),
                  manager.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(messages.toString()).isEmpty();
      assertThat(done).isTrue();
    }
  }
}
