package org.modelzoo.spark.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.store.RunDirectory;

class ProgressFileTest {
  @TempDir private Path directory;

  @Test
  void aWriteThatFailsIsSaidAndFollowedByTheNext() {
    RunDirectory run = RunDirectory.at(directory.toString(), new Configuration());
    AtomicInteger questions = new AtomicInteger();
    ProgressModel model =
        new ProgressModel(
            () -> {
              if (questions.incrementAndGet() == 2) { // The first one is the model's own.
                throw new LinkageError("on purpose");
              }
              return 0;
            });
    List<String> remarks = new CopyOnWriteArrayList<>();

    ProgressFile.of(model, run, remarks::add).close();

    assertThat(directory.resolve(ProgressFile.NAME)).exists();
    assertThat(remarks).singleElement().asString().contains("progress.json", "on purpose");
  }
}
