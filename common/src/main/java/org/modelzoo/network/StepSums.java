package org.modelzoo.network;

/**
 * What some steps of a network came to.
 *
 * @param steps taken
 * @param images trained on
 * @param lossSum over the images, nats, up to the first loss that is no number
 * @param correct images classified correctly in their head
 * @param skipped steps that changed nothing, because a gradient in float16 overflowed
 * @param divergedStep the first of the steps, from 0, whose loss is no number; −1 if all are
 * @param divergedLoss the loss there
 */
public record StepSums(
    int steps,
    int images,
    double lossSum,
    int correct,
    int skipped,
    int divergedStep,
    double divergedLoss) {}
