/**
 * The layers that networks are made of, and the loss over the heads of several tasks.
 *
 * <p>May use {@code base} and {@code config}, and of {@code network} the {@code kernel} package.
 * Runs on driver and executors.
 */
package org.modelzoo.network.layer;
