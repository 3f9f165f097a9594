package org.modelzoo.training;

import java.io.Serializable;

/**
 * How far a member is.
 *
 * @param epoch from 1
 * @param imagesDone over all epochs
 * @param imagesBefore of these, those that a checkpoint brought; this attempt trained on the others
 * @param imagesTotal over all epochs
 * @param loss mean over the epoch so far, nats
 * @param accuracy on the training batches of the epoch so far
 * @param imagesPerSecond since the member started
 */
public record MemberProgress(
    int epoch,
    int epochs,
    long imagesDone,
    long imagesBefore,
    long imagesTotal,
    double loss,
    double accuracy,
    double imagesPerSecond)
    implements Serializable {}
