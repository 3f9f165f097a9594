package org.modelzoo.report;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.modelzoo.store.CompactionFile;
import org.modelzoo.store.CompactionFile.Size;

/**
 * {@code compaction.csv}: a row per size of a zoo, accuracies and losses with fitted and with plain
 * weights, on the images that chose members and weights and on the test images.
 */
public final class CompactionCsv {
  private CompactionCsv() {}

  /** The file as UTF-8. */
  public static byte[] of(CompactionFile compaction) {
    String split = compaction.split();
    CsvText csv =
        new CsvText(
            List.of(
                "members",
                "bytes",
                "most_members_of_task",
                split + "_accuracy",
                split + "_loss",
                split + "_averaged_accuracy",
                split + "_averaged_loss",
                "test_accuracy",
                "test_loss",
                "test_averaged_accuracy",
                "test_averaged_loss"));
    for (Size size : compaction.sizes()) {
      csv.add(
          List.of(
              size.members(),
              size.bytes(),
              size.mostMembersOfTask(),
              size.chosenOn().accuracy(),
              size.chosenOn().loss(),
              size.chosenOn().averagedAccuracy(),
              size.chosenOn().averagedLoss(),
              size.test().accuracy(),
              size.test().loss(),
              size.test().averagedAccuracy(),
              size.test().averagedLoss()));
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }
}
