package org.modelzoo.training;

/**
 * How far an epoch has come, in a checkpoint within it.
 *
 * @param step taken so far
 * @param images trained on in it
 * @param lossSum over these images, nats
 * @param correct of these images
 * @param dropout state of each layer's generator
 */
record EpochPart(int step, long images, double lossSum, long correct, long[] dropout) {}
