package org.modelzoo.network.torch;

import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Where the tensors of a network lie and its operations run. */
interface Place extends AutoCloseable {
  /** For new tensors of that type. */
  TensorOptions options(ScalarType type);

  /**
   * What the calling thread must hold while it uses the network. Everything native that it makes
   * meanwhile and doesn't keep is freed when this is closed.
   */
  Scope enter();

  /**
   * Overwrites a tensor without waiting for the device.
   *
   * @param fill writes all values into a tensor of the same shape and type in the host's memory
   */
  void upload(Tensor target, Consumer<Tensor> fill);

  /** Waits until everything asked for is done. */
  void synchronize();

  /** For operations of its scope; empty where each must be asked for. */
  Optional<Recorder> recorder();

  /** An error of its operations as the program knows it. */
  RuntimeException translate(RuntimeException error);

  /** The same for another thread, which goes on only after what was asked for here. */
  Place twin();

  @Override
  void close();
}
