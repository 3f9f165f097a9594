package org.modelzoo.config;

import java.io.Serializable;
import java.util.List;

/**
 * One task: a classification problem over some classes of the source.
 *
 * @param name for people
 * @param classes the source's labels; the label within the task is the index here
 * @param rotation degrees, counter-clockwise, applied to every image of the task
 * @param permutationSeed pixels are permuted by a permutation drawn from it; 0 is the identity
 * @param labelNoise share of training and validation labels replaced by a random label of the task
 */
public record TaskConfig(
    String name, List<Integer> classes, double rotation, long permutationSeed, double labelNoise)
    implements Serializable {}
