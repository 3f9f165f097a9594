package org.modelzoo.data;

/**
 * A task's images, the same for every member and on every machine.
 *
 * @param train what members are trained on
 * @param validation held out of the training images; empty where the validation share is 0
 * @param test never used for any decision
 */
public record TaskImages(LabelledImages train, LabelledImages validation, LabelledImages test) {}
