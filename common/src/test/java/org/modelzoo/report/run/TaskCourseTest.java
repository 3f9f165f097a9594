package org.modelzoo.report.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.modelzoo.metrics.AccuracyMatrix;
import org.modelzoo.metrics.ContinualMeasures;

class TaskCourseTest {
  private static final AccuracyMatrix MATRIX =
      AccuracyMatrix.empty(3)
          .withRound(new double[] {.5, .25, Double.NaN}, List.of(0))
          .withRound(new double[] {.9, .6, Double.NaN}, List.of(0, 1))
          .withRound(new double[] {.7, .8, .25}, List.of(1));

  @Test
  void forgettingIsFromTheBestAndTransferFromTheFirst() {
    TaskCourse course = TaskCourse.of(MATRIX, 0);
    assertThat(course.first()).hasValue(0);
    assertThat(course.learned()).isEqualTo(.5);
    assertThat(course.last()).isEqualTo(.7);
    assertThat(course.forgetting()).isCloseTo(.2, within(1e-12));
    assertThat(course.transfer()).isCloseTo(.2, within(1e-12));
  }

  @Test
  void aTaskWithoutAMemberHasLearnedNothing() {
    TaskCourse course = TaskCourse.of(MATRIX, 2);
    assertThat(course.first()).isEmpty();
    assertThat(course.learned()).isNaN();
    assertThat(course.last()).isEqualTo(.25);
  }

  @Test
  void itsMeansAreTheMeasuresOfTheRun() {
    ContinualMeasures measures = ContinualMeasures.of(MATRIX);
    TaskCourse first = TaskCourse.of(MATRIX, 0);
    TaskCourse second = TaskCourse.of(MATRIX, 1);
    assertThat((first.forgetting() + second.forgetting()) / 2)
        .isCloseTo(measures.forgetting(), within(1e-12));
    assertThat((first.transfer() + second.transfer()) / 2)
        .isCloseTo(measures.backwardTransfer(), within(1e-12));
  }
}
