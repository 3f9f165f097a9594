package org.modelzoo.network.torch;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Copies between vectors of the device and arrays of the JVM. */
final class Vectors {
  private Vectors() {}

  /** Overwrites a vector of as many values; waits for the device. */
  static void write(float[] values, Tensor vector) {
    if (values.length != vector.numel()) {
      throw new IllegalArgumentException(
          values.length + " values for a vector of " + vector.numel());
    }
    try (FloatPointer pointer = new FloatPointer(values);
        Tensor host =
            torch.from_blob(
                pointer, new long[] {values.length}, new TensorOptions(ScalarType.Float))) {
      vector.copy_(host);
    }
  }

  /** The values of a tensor, in c order; waits for the device. */
  static float[] read(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.numel())];
    try (Tensor contiguous = tensor.contiguous();
        Tensor floats = contiguous.to(ScalarType.Float);
        Tensor host = floats.cpu()) {
      host.data_ptr_float().get(values);
    }
    return values;
  }

  /** The values of a tensor in double precision, in c order; waits for the device. */
  static double[] numbers(Tensor tensor) {
    double[] values = new double[Math.toIntExact(tensor.numel())];
    try (Tensor contiguous = tensor.contiguous();
        Tensor doubles = contiguous.to(ScalarType.Double);
        Tensor host = doubles.cpu()) {
      host.data_ptr_double().get(values);
    }
    return values;
  }
}
