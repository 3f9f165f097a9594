package org.modelzoo.config;

/** Which library trains and runs networks. */
public enum EngineChoice {
  /** Libtorch on graphics cards, Deeplearning4j on processors. */
  AUTO,
  DL4J,
  TORCH
}
