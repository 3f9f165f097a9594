package org.modelzoo.network.torch;

import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.cuda.CUDAStream;
import org.bytedeco.pytorch.cuda.CUDAStreamGuard;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.bytedeco.pytorch.global.torch_cuda;

/** A graphics card, with a stream for this network alone. */
final class Card implements Place {
  private final OwnedPointers lasting = new OwnedPointers();
  private final byte number;
  private final boolean rounded;
  private final CUDAStream stream;

  /** Whose work must be done before this one's begins; null if nobody's. */
  private final Card before;

  /**
   * @param number of the card in this process
   * @param rounded whether convolutions may round to tensor-float32
   */
  Card(int number, boolean rounded) {
    this((byte) number, rounded, null);
  }

  private Card(byte number, boolean rounded, Card before) {
    this.number = number;
    this.rounded = rounded;
    this.before = before;
    this.stream = lasting.keep(torch_cuda.getStreamFromPool(/* isHighPriority= */ false, number));
  }

  @Override
  public TensorOptions options(ScalarType type) {
    return new TensorOptions(new Device(DeviceType.CUDA, number))
        .dtype(new ScalarTypeOptional(type));
  }

  /** How libraries round and choose algorithms is a setting of the whole process. */
  @Override
  public Scope enter() {
    if (before != null) {
      before.synchronize();
    }
    Scope scope = new Scope(() -> new CUDAStreamGuard(stream.unwrap()));
    Context context = torch.globalContext();
    context.setAllowTF32CuDNN(rounded);
    context.setAllowTF32CuBLAS(false);
    context.setBenchmarkCuDNN(true);
    return scope;
  }

  /** By memory that the card reads itself, and that libtorch keeps until it has been read. */
  @Override
  public void upload(Tensor target, Consumer<Tensor> fill) {
    TensorOptions pinned =
        new TensorOptions(target.scalar_type()).pinned_memory(new BoolOptional(true));
    try (Tensor host = torch.zeros(target.sizes(), pinned)) {
      fill.accept(host);
      target.copy_(host, /* non_blocking= */ true);
    }
  }

  @Override
  public void synchronize() {
    stream.synchronize();
  }

  @Override
  public Optional<Recorder> recorder() {
    return Optional.of(new CardRecorder(number, stream));
  }

  @Override
  public RuntimeException translate(RuntimeException error) {
    return CardFailure.translate(error, number);
  }

  @Override
  public Place twin() {
    return new Card(number, rounded, this);
  }

  @Override
  public void close() {
    lasting.close();
  }
}
