package org.modelzoo.network.torch;

import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The processor, with so many threads for an operation. */
record Processor(int threads) implements Place {
  @Override
  public TensorOptions options(ScalarType type) {
    return new TensorOptions(type);
  }

  /** The number of threads belongs to the calling thread, and is the default of new ones. */
  @Override
  public Scope enter() {
    if (torch.get_num_threads() != threads) {
      torch.set_num_threads(threads);
    }
    return new Scope(() -> null);
  }

  @Override
  public void upload(Tensor target, Consumer<Tensor> fill) {
    fill.accept(target);
  }

  @Override
  public void synchronize() {}

  @Override
  public Optional<Recorder> recorder() {
    return Optional.empty();
  }

  @Override
  public RuntimeException translate(RuntimeException error) {
    return error;
  }

  @Override
  public Place twin() {
    return this;
  }

  @Override
  public void close() {}
}
