package org.modelzoo.network.kernel;

/**
 * What a batch normalisation does.
 *
 * @param rectified whether a rectifier follows
 * @param epsilon added to the variance
 */
public record BatchNormalizationShape(int channels, boolean rectified, double epsilon) {}
