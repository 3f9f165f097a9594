package org.modelzoo.training;

import java.io.Serializable;

/**
 * How far a member is.
 *
 * @param epoch from 1
 * @param imagesDone over all epochs
 * @param imagesTotal over all epochs
 * @param loss mean over the epoch so far, nats
 * @param accuracy on the training batches of the epoch so far
 * @param imagesPerSecond since the member started
 */
public record MemberProgress(
    int epoch,
    int epochs,
    long imagesDone,
    long imagesTotal,
    double loss,
    double accuracy,
    double imagesPerSecond)
    implements Serializable {}
