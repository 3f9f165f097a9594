package org.modelzoo.inspection;

/**
 * Images of one class of a task, by their labels: noisy ones are counted where the noise put them.
 *
 * @param label of the source
 * @param name the class directory of an image folder, elsewhere the label
 */
public record ClassCounts(int label, String name, int train, int validation, int test) {}
