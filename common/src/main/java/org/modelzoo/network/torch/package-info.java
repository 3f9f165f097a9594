/**
 * Networks as libtorch runs them, on processors and NVIDIA's cards: the layers with their way back
 * written out, over one flat vector of parameters in the order of the model file.
 *
 * <p>May use {@code base} and {@code config}, and of {@code network} the rest but {@code kernel}'s
 * implementations. Runs on executors.
 */
package org.modelzoo.network.torch;
