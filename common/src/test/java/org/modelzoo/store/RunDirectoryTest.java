package org.modelzoo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.modelzoo.store.StoreFixtures.IDENTITY;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunDirectoryTest {
  @TempDir Path temporary;

  @Test
  void openingTouchesNothing() {
    RunDirectory run = StoreFixtures.run(temporary.resolve("run"));

    assertThat(run.identity()).isEmpty();
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void remembersWhatItBelongsTo() {
    Path directory = temporary.resolve("some/run");
    StoreFixtures.run(directory).create(IDENTITY, "a = \"ü\"\n");

    RunDirectory again = StoreFixtures.run(directory);
    assertThat(again.identity()).contains(IDENTITY);
    assertThat(again.configuration()).isEqualTo("a = \"ü\"\n");
    assertThat(StoreFixtures.filesBelow(directory)).containsExactly("config.conf", "run.json");
  }

  @Test
  void deletesWhatAKilledProcessLeftUnfinished() throws IOException {
    Path directory = temporary.resolve("run");
    RunDirectory run = StoreFixtures.run(directory);
    run.create(IDENTITY, "");
    Files.createDirectories(directory.resolve("members/.tmp-m1-x"));
    Files.writeString(directory.resolve("members/.tmp-m1-x/model.zip"), "half");
    Files.writeString(directory.resolve(".tmp-summary.json-y"), "half");

    run.deleteUnfinished();

    assertThat(StoreFixtures.filesBelow(directory)).containsExactly("config.conf", "run.json");
  }

  @Test
  void isALocalPathForPeopleAndAUriForExecutors() {
    RunDirectory run = StoreFixtures.run(temporary.resolve("run"));

    assertThat(run.location()).isEqualTo(temporary + "/run");
    assertThat(run.uri()).isEqualTo("file:" + temporary + "/run");
    assertThat(run.inside("isolated").location()).isEqualTo(temporary + "/run/isolated");
  }

  @Test
  void relativeLocationIsBelowTheWorkingDirectory() {
    RunDirectory run = RunDirectory.at("some/run", new Configuration());

    assertThat(run.location()).isEqualTo(Path.of("some/run").toAbsolutePath().toString());
  }

  @Test
  void unwritableDirectoryIsAClusterErrorWithTheNextStep() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "");
    RunDirectory run = StoreFixtures.run(file.resolve("run"));

    assertThatThrownBy(() -> run.create(IDENTITY, ""))
        .matches(StoreFixtures::isClusterError)
        .hasMessageStartingWith("can't write the run directory " + file + "/run: ")
        .hasMessageEndingWith(
            "; check that output.directory exists, has room, and that you may write to it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nosuch://somewhere/run", "hdfs://no-such-host.invalid/run", "file:"})
  void unreachableFileSystemIsAClusterErrorWithTheNextStep(String location) {
    assertThatThrownBy(() -> RunDirectory.at(location, new Configuration()))
        .matches(StoreFixtures::isClusterError)
        .hasMessageStartingWith("the file system of directory " + location + " can't be reached: ")
        .hasMessageEndingWith("; correct the place, or the Hadoop configuration");
  }

  @Test
  void newerRunIsRefused() {
    RunDirectory run = StoreFixtures.run(temporary);
    run.create(IDENTITY, "");
    StoreFixtures.replaceInSealed(
        temporary.resolve("run.json"), "\"format_version\" : 2", "\"format_version\" : 4");

    assertThatThrownBy(run::identity)
        .matches(StoreFixtures::isDataError)
        .hasMessage(
            "file:%s/run.json has format version 4, and this program reads up to version 3; use the program that wrote it, or a newer one"
                .formatted(temporary));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "[]", "{\"format_version\": 1}", "no JSON"})
  void damagedRunIsADataErrorWithTheNextStep(String content) {
    RunDirectory run = StoreFixtures.run(temporary);
    run.write("run.json", content.getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(run::identity)
        .matches(StoreFixtures::isDataError)
        .hasMessageStartingWith("file:" + temporary + "/run.json is damaged: ")
        .hasMessageContaining("delete it and give the same command")
        .hasMessageEndingWith("; otherwise start over with --fresh");
  }
}
