package org.modelzoo.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Map;

/** A model in ONNX Runtime, on one thread. */
final class OnnxSession implements AutoCloseable {
  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private final SessionOptions options = new SessionOptions();
  private final OrtSession session;

  OnnxSession(byte[] model) throws OrtException {
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    session = ENVIRONMENT.createSession(model, options);
  }

  /** What the runtime says of the model. */
  OrtSession session() {
    return session;
  }

  /** An output for images of float32; its Java array. */
  Object run(float[] images, long[] shape, String output) throws OrtException {
    try (OnnxTensor tensor =
        OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(images), shape)) {
      return run(tensor, output);
    }
  }

  /** An output for images of bytes; its Java array. */
  Object run(byte[] images, long[] shape, String output) throws OrtException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(images.length).put(images).rewind();
    try (OnnxTensor tensor =
        OnnxTensor.createTensor(ENVIRONMENT, buffer, shape, OnnxJavaType.UINT8)) {
      return run(tensor, output);
    }
  }

  private Object run(OnnxTensorLike images, String output) throws OrtException {
    try (OrtSession.Result result = session.run(Map.of(OnnxInput.NAME, images))) {
      OnnxValue value = result.get(output).orElseThrow();
      return value.getValue();
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
    options.close();
  }
}
