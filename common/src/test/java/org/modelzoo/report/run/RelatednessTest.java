package org.modelzoo.report.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelatednessTest {
  @TempDir private Path directory;

  /** Task 0 had .8 and .9 beside task 1, and .6 without it, beside task 2. */
  @Test
  void comparesMembersThatHadTheOtherTaskWithThoseThatDidNot() throws Exception {
    ReportedRun run = RunReader.read(RunFixture.finished(directory).directory);
    List<Relatedness.Gain> gains = new Relatedness(run, RunFixture.TASKS.size()).gains();
    assertThat(gains)
        .extracting(Relatedness.Gain::i, Relatedness.Gain::j)
        .containsExactly(tuple(0, 1), tuple(0, 2));
    assertThat(gains.get(0).value()).isCloseTo((.8 + .9) / 2 - .6, within(1e-12));
    assertThat(gains.get(0).with()).isEqualTo(2);
    assertThat(gains.get(0).without()).isEqualTo(1);
    assertThat(gains.get(1).value()).isCloseTo(.6 - (.8 + .9) / 2, within(1e-12));
    assertThat(new Relatedness(run, 2).gains()).as("among two tasks").containsExactly(gains.get(0));
  }
}
