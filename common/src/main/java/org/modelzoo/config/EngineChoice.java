package org.modelzoo.config;

/** Which library trains and runs networks. */
public enum EngineChoice {
  /** The one that suits the device: see {@code network.engine} in the configuration. */
  AUTO,
  DL4J,
  TORCH
}
