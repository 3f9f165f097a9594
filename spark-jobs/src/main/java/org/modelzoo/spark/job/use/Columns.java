package org.modelzoo.spark.job.use;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BinaryType;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

/**
 * The columns of a table of images. A dot leads into a struct: {@code image.bytes}.
 *
 * @param image of the files' content; where not given, {@code content}, as Spark's own reader of
 *     files has it, or {@code image}
 * @param name of what names an image in the results; where not given, {@code path}, or the table's
 *     file and the number of the row in it
 */
public record Columns(Optional<String> image, Optional<String> name) {
  private static final List<String> IMAGES = List.of("content", "image");
  private static final String NAME = "path";

  /**
   * The column of the images.
   *
   * @throws ModelZooException (configuration) if there is none
   */
  Column imageIn(Dataset<Row> table) {
    List<String> names = Arrays.asList(table.columns());
    String found =
        image
            .or(() -> IMAGES.stream().filter(names::contains).findFirst())
            .orElseThrow(() -> missing(String.join(" or ", IMAGES), table, "--image-column"));
    Column column = column(table, found, "--image-column");
    if (!(table.select(column).schema().fields()[0].dataType() instanceof BinaryType)) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "column %s is of type %s, and an image is binary; name another one with --image-column"
              .formatted(
                  found, table.select(column).schema().fields()[0].dataType().simpleString()));
    }
    return column;
  }

  /** What names the images. */
  Column nameIn(Dataset<Row> table) {
    if (name.isPresent()) {
      return column(table, name.get(), "--name-column");
    }
    return Arrays.asList(table.columns()).contains(NAME)
        ? table.col(NAME)
        : functions.concat(
            table.col("_metadata.file_path"), functions.lit("#"), table.col("_metadata.row_index"));
  }

  private static Column column(Dataset<Row> table, String name, String option) {
    try {
      Column column = functions.col(name);
      var unused = table.select(column).schema();
      return column;
    } catch (Exception e) { // Scala doesn't declare Spark's AnalysisException.
      if (e instanceof AnalysisException) {
        throw missing(name, table, option);
      }
      throw e;
    }
  }

  private static ModelZooException missing(String name, Dataset<Row> table, String option) {
    return new ModelZooException(
        ErrorKind.CONFIGURATION,
        "the table has no column %s; name one of %s with %s"
            .formatted(name, String.join(", ", table.columns()), option));
  }
}
