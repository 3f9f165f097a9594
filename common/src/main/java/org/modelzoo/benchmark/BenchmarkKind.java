package org.modelzoo.benchmark;

/** What a case measures. */
public enum BenchmarkKind {
  /** Bare training steps: forward, backward, update. */
  TRAINING,
  /** Bare inference: images in, softmax out. */
  EVALUATION,
  /** Training steps with a clock at every layer. */
  PROFILE,
  /** How far an engine on its device is from Deeplearning4j on the processor. */
  PARITY
}
