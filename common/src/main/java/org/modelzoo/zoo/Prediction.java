package org.modelzoo.zoo;

/**
 * What a zoo makes of an image.
 *
 * @param className the likeliest class
 * @param label its index within the task
 * @param probability of that class, by the weighted mean of the members
 * @param probabilities of all classes of the task, by label
 * @param agreement share of the task's members that by themselves find the same class likeliest, in
 *     [0, 1], their weights not counted; 1 where there is no member
 */
public record Prediction(
    String className, int label, float probability, float[] probabilities, double agreement) {}
