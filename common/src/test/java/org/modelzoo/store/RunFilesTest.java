package org.modelzoo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.modelzoo.store.StoreFixtures.filesBelow;
import static org.modelzoo.store.StoreFixtures.text;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFilesTest {
  @TempDir java.nio.file.Path directory;

  private RunFiles files;
  private Path target;

  @BeforeEach
  void open() throws IOException {
    Path root = new Path(directory.toUri());
    files = RunFiles.on(root, new Configuration());
    target = new Path(root, "deep/er/file.txt");
  }

  @Test
  void writesIntoDirectoriesThatWereNotThereAndLeavesNothingElse() throws IOException {
    files.write(target, text("first"));

    assertThat(read()).isEqualTo("first");
    assertThat(filesBelow(directory)).containsExactly("deep/er/file.txt");
  }

  @Test
  void replacesAFileAndLeavesNothingElse() throws IOException {
    files.write(target, text("first"));
    files.write(target, text("second"));

    assertThat(read()).isEqualTo("second");
    assertThat(filesBelow(directory)).containsExactly("deep/er/file.txt");
  }

  @Test
  void keepsTheOldContentUntilTheNewOneIsComplete() throws IOException {
    files.write(target, text("old"));

    files.write(
        target,
        out -> {
          out.write(new byte[1 << 17]);
          assertThat(read()).isEqualTo("old");
          assertThat(files.list(target.getParent())).containsExactly("file.txt");
        });

    assertThat(files.read(target)).hasSize(1 << 17);
  }

  @Test
  void keepsTheOldContentAndNoTemporaryFileWhenTheWriterFails() throws IOException {
    files.write(target, text("old"));

    assertThatThrownBy(() -> files.write(target, RunFilesTest::failChecked))
        .isInstanceOf(IOException.class)
        .hasMessage("no more numbers");
    assertThatThrownBy(() -> files.write(target, RunFilesTest::failUnchecked))
        .isInstanceOf(IllegalStateException.class);

    assertThat(read()).isEqualTo("old");
    assertThat(filesBelow(directory)).containsExactly("deep/er/file.txt");
  }

  @Test
  void aFullDiskIsAnErrorLikeOthersAndNotHadoopsOwn() throws IOException {
    Path full = new Path("file:///dev/full");
    assumeThat(java.nio.file.Path.of(full.toUri())).as("Linux' full disk").exists();
    files.write(target, text("old"));

    assertThatThrownBy(
            () ->
                files.write(
                    target,
                    out -> {
                      FileSystem disk = new RawLocalFileSystem();
                      disk.initialize(full.toUri(), new Configuration());
                      try (OutputStream onDisk = disk.append(full)) {
                        onDisk.write(new byte[1 << 17]);
                      }
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("No space left on device");

    assertThat(read()).isEqualTo("old");
    assertThat(filesBelow(directory)).containsExactly("deep/er/file.txt");
  }

  @Test
  void readersAlwaysFindAWholeFileWhileItIsReplaced() throws Exception {
    files.write(target, text("0000"));
    ExecutorService reader = Executors.newSingleThreadExecutor();
    AtomicBoolean written = new AtomicBoolean();
    try {
      Future<Integer> reads =
          reader.submit(
              () -> {
                int count = 0;
                for (; !written.get() || count == 0; count++) {
                  assertThat(read()).hasSize(4);
                }
                return count;
              });
      for (int i = 0; i < 300; i++) {
        files.write(target, text("%04d".formatted(i)));
      }
      written.set(true);

      assertThat(reads.get()).isPositive();
    } finally {
      reader.shutdownNow();
    }
  }

  private static void failChecked(OutputStream out) throws IOException {
    out.write(1);
    throw new IOException("no more numbers");
  }

  private static void failUnchecked(OutputStream out) throws IOException {
    out.write(1);
    throw new IllegalStateException();
  }

  @Test
  void listsSortedNamesWithoutUnfinishedOnes() throws IOException {
    Path parent = target.getParent();
    files.write(new Path(parent, "b"), text(""));
    files.write(new Path(parent, "a"), text(""));
    Files.writeString(directory.resolve("deep/er/.tmp-file.txt-x"), "half");
    files.createDirectory(new Path(parent, "c"));

    assertThat(files.list(parent)).containsExactly("a", "b", "c");
    assertThat(files.list(new Path(parent, "nowhere"))).isEmpty();
  }

  @Test
  void aWriterBehindAFenceThatFellPublishesNothingAndDeletesNothing() throws IOException {
    AtomicBoolean held = new AtomicBoolean(true);
    RunFiles fenced =
        files.behind(
            () -> {
              if (!held.get()) {
                throw new IllegalStateException("taken over");
              }
            });
    fenced.write(target, text("old"));

    assertThatThrownBy(() -> fenced.write(target, out -> held.set(false)))
        .as("the fence fell while the file was written")
        .hasMessage("taken over");
    assertThatThrownBy(() -> fenced.writeDurably(target, target.getParent(), text("new")))
        .hasMessage("taken over");
    assertThatThrownBy(() -> fenced.delete(target)).hasMessage("taken over");
    assertThatThrownBy(() -> fenced.createDirectory(new Path(target, "x")))
        .hasMessage("taken over");

    assertThat(read()).isEqualTo("old");
    assertThat(filesBelow(directory)).containsExactly("deep/er/file.txt");
  }

  /** The driver stands still after its last look at the lease, and its successor tidies up. */
  @Test
  void aDraftThatItsSuccessorClearedAwayIsNeverPublished() throws IOException {
    RunFiles paused = files.behind(this::clearAway);

    assertThatThrownBy(() -> paused.write(target, text("late"))).isInstanceOf(IOException.class);

    assertThat(filesBelow(directory)).isEmpty();
  }

  private void clearAway() {
    try {
      files.deleteUnfinished(target.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void deletesWhatIsThereAndAcceptsWhatIsNot() throws IOException {
    files.write(target, text("x"));

    files.delete(target.getParent());
    files.delete(target.getParent());

    assertThat(files.exists(target)).isFalse();
    assertThat(Files.isDirectory(directory.resolve("deep"))).isTrue();
  }

  private String read() throws IOException {
    return new String(files.read(target), StandardCharsets.UTF_8);
  }
}
