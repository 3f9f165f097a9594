package org.modelzoo.config;

/**
 * The numbers that a step computes with. Parameters, momentum, loss and the statistics of
 * normalisation are float32 in all of them.
 */
public enum Precision {
  FLOAT32,
  /** Float32 whose products are rounded to 10 bits, on the tensor cores of Ampere and newer. */
  TENSOR_FLOAT32,
  /** 8 bits of a float32's fraction; needs no loss scaling. */
  BFLOAT16,
  /** 11 bits of fraction and a small range; the loss is scaled (Micikevicius et al., 2018). */
  FLOAT16
}
