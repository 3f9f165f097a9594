package org.modelzoo.network;

import java.io.Serializable;
import java.util.List;
import org.modelzoo.config.DataConfig;
import org.modelzoo.config.ImageShape;
import org.modelzoo.config.NetworkConfig;

/**
 * Everything that determines a member's network but its random numbers.
 *
 * @param name {@code small-conv} or {@code wrn-<depth>-<width>}
 * @param dropout probability of dropping a value inside a WideResNet block
 * @param input shape of an image
 * @param headSizes classes of each task the member is trained on, in the order of its heads; the
 *     columns of the output are the heads side by side
 */
public record NetworkSpec(String name, double dropout, ImageShape input, List<Integer> headSizes)
    implements Serializable {
  /** The network of a member: a head for each of its tasks. */
  public static NetworkSpec of(NetworkConfig network, DataConfig data, List<Integer> tasks) {
    return new NetworkSpec(
        network.name(),
        network.dropout(),
        data.set().source().shape(),
        tasks.stream().map(task -> data.set().tasks().get(task).classes().size()).toList());
  }

  /** The same network with its first heads alone. */
  public NetworkSpec withHeads(int heads) {
    return new NetworkSpec(name, dropout, input, headSizes.subList(0, heads));
  }

  /** The first column of a head in the output. */
  public int firstColumn(int head) {
    return headSizes.stream().limit(head).mapToInt(Integer::intValue).sum();
  }

  /** Columns of the output: the classes of all heads. */
  public int outputs() {
    return headSizes.stream().mapToInt(Integer::intValue).sum();
  }
}
