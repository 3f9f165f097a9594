package org.modelzoo.network.torch;

import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Softmax cross-entropy of each image over the columns of its own head, on the device. Logits of
 * the other heads get no gradient, so a batch may mix tasks.
 */
final class MaskedLoss implements AutoCloseable {
  private final OwnedPointers lasting = new OwnedPointers();

  /** [heads, outputs]: whether a column belongs to another head. */
  private final Tensor others;

  private final Scalar never = lasting.keep(new Scalar(Double.NEGATIVE_INFINITY));
  private final Scalar minusOne = lasting.keep(new Scalar(-1.0));
  private final LongOptional columns = lasting.keep(new LongOptional(1));

  /**
   * What a batch came to; each of one value, on the device.
   *
   * @param loss mean over the images, nats
   * @param correct images whose largest logit within their head is at the label
   * @param gradient of the loss with respect to the logits
   */
  record Result(Tensor loss, Tensor correct, Tensor gradient) {}

  MaskedLoss(List<Integer> headSizes, Place place) {
    int outputs = headSizes.stream().mapToInt(Integer::intValue).sum();
    others =
        lasting.keep(
            torch.ones(new long[] {headSizes.size(), outputs}, place.options(ScalarType.Bool)));
    int start = 0;
    for (int head = 0; head < headSizes.size(); head++) {
      others.select(0, head).narrow(0, start, headSizes.get(head)).zero_();
      start += headSizes.get(head);
    }
  }

  /**
   * Of logits [n, outputs].
   *
   * @param heads [n] positions of the images' heads
   * @param labels [n] columns of their labels among all outputs
   */
  Result evaluate(Tensor logits, Tensor heads, Tensor labels) {
    Tensor own = logits.masked_fill(others.index_select(0, heads), never);
    Tensor logs = own.log_softmax(1);
    Tensor label = labels.view(-1, 1);
    Tensor loss = logs.gather(1, label).mean().neg();
    Tensor correct = own.argmax(columns, false).eq(labels).sum();
    Tensor minusOnes = torch.ones_like(label).to(logs.scalar_type()).mul_(minusOne);
    Tensor gradient = logs.exp().scatter_add_(1, label, minusOnes);
    gradient.div_(new Scalar((double) logits.size(0)));
    return new Result(loss, correct, gradient);
  }

  @Override
  public void close() {
    lasting.close();
  }
}
