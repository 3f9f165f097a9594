package org.modelzoo.network;

/**
 * What a step came to.
 *
 * @param images in the batch
 * @param loss mean over them before the step, nats
 * @param correct images that were classified correctly in their head
 * @param skipped whether the step changed nothing, because a gradient in float16 overflowed
 */
public record StepResult(int images, double loss, int correct, boolean skipped) {}
