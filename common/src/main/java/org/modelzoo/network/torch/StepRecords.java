package org.modelzoo.network.torch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.modelzoo.network.StepResult;

/**
 * What steps came to, a row of the device's memory for each. Which row is next is known on the
 * device, so that a captured step writes its own at every replay; nothing waits until the rows are
 * asked for or used up.
 */
final class StepRecords implements AutoCloseable {
  private static final int COLUMNS = 3;

  private final OwnedPointers lasting = new OwnedPointers();
  private final int rows;

  /** [rows, 3] in the master type: mean loss, correct images, 1 if the step was skipped. */
  private final Tensor records;

  /** [1] int64. */
  private final Tensor next;

  private final Tensor notSkipped;
  private final Scalar one = lasting.keep(new Scalar(1L));

  /** Images of the steps whose rows are not read yet. */
  private final int[] sizes;

  private int waiting;
  private final List<StepResult> results = new ArrayList<>();

  StepRecords(int rows, Numbers numbers, Place place) {
    this.rows = rows;
    this.sizes = new int[rows];
    this.records =
        lasting.keep(torch.zeros(new long[] {rows, COLUMNS}, place.options(numbers.master())));
    this.next = lasting.keep(torch.zeros(new long[] {1}, place.options(ScalarType.Long)));
    this.notSkipped = lasting.keep(torch.zeros(new long[] {1}, place.options(numbers.master())));
  }

  /** Makes room and takes note of a step that is about to be asked for. */
  void begin(int images) {
    if (waiting == rows) {
      read();
    }
    sizes[waiting++] = images;
  }

  /**
   * Writes the row of a step; no more than operations on the device.
   *
   * @param skipped of one value; null if steps never are
   */
  void write(MaskedLoss.Result result, Tensor skipped) {
    ScalarType type = records.scalar_type();
    TensorVector columns = new TensorVector();
    columns.push_back(result.loss().view(1));
    columns.push_back(result.correct().to(type).view(1));
    columns.push_back(skipped == null ? notSkipped : skipped.to(type).view(1));
    records.index_copy_(0, next, torch.cat(columns).view(1, COLUMNS));
    next.add_(one);
  }

  /** What each of the steps since the last call came to; waits for the device. */
  List<StepResult> drain() {
    read();
    List<StepResult> drained = List.copyOf(results);
    results.clear();
    return drained;
  }

  private void read() {
    if (waiting > 0) {
      double[] values = Vectors.numbers(records.narrow(0, 0, waiting));
      for (int row = 0; row < waiting; row++) {
        int start = row * COLUMNS;
        results.add(
            new StepResult(
                sizes[row], values[start], (int) values[start + 1], values[start + 2] != 0));
      }
      next.zero_();
      waiting = 0;
    }
  }

  /** Forgets the steps that were not drained. */
  void clear() {
    next.zero_();
    waiting = 0;
    results.clear();
  }

  @Override
  public void close() {
    lasting.close();
  }
}
