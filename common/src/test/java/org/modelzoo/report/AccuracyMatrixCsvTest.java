package org.modelzoo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.modelzoo.metrics.AccuracyMatrix;

class AccuracyMatrixCsvTest {
  @Test
  void cellsOfUnknownTasksAreEmpty() {
    AccuracyMatrix matrix =
        AccuracyMatrix.empty(3)
            .withRound(new double[] {0.5, Double.NaN, Double.NaN}, List.of(0))
            .withRound(new double[] {0.75, 1, Double.NaN}, List.of(1));

    assertThat(csv(matrix, List.of("a", "b, or not", "c")))
        .isEqualTo("round,a,\"b, or not\",c\n0,0.5,,\n1,0.75,1.0,\n");
  }

  @Test
  void matrixWithoutARoundIsItsHeader() {
    assertThat(csv(AccuracyMatrix.empty(2), List.of("a", "b"))).isEqualTo("round,a,b\n");
  }

  private static String csv(AccuracyMatrix matrix, List<String> tasks) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      AccuracyMatrixCsv.write(matrix, tasks, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
