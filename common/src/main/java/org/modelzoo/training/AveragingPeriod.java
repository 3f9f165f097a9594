package org.modelzoo.training;

import java.io.Serializable;

/**
 * Steps of an epoch that every worker takes by itself, before parameters are averaged.
 *
 * @param epoch from 0
 * @param firstStep of the epoch, from 0
 * @param endStep one behind the last
 * @param imagesPerEpoch of all workers
 */
public record AveragingPeriod(int epoch, int firstStep, int endStep, int imagesPerEpoch)
    implements Serializable {}
