/**
 * Zoos as ONNX models, for programs that know nothing of this one.
 *
 * <p>May use {@code base}, {@code config}, {@code network}, {@code store} and {@code zoo}. Runs on
 * the driver.
 */
package org.modelzoo.onnx;
