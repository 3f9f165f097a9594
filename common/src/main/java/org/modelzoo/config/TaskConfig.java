package org.modelzoo.config;

import java.io.Serializable;
import java.util.List;

/**
 * One task: a classification problem over some classes of the source.
 *
 * @param name for people
 * @param classes the source's labels; the label within the task is the index here
 * @param rotation degrees, counter-clockwise, applied to every image of the task
 * @param permutationSeed which permutation of the pixels; 0 is the identity
 * @param labelNoise share of training and validation labels replaced by a random label of the task
 * @param noisyClasses classes of the source whose labels that share is taken of; empty: all
 */
public record TaskConfig(
    String name,
    List<Integer> classes,
    double rotation,
    long permutationSeed,
    double labelNoise,
    List<Integer> noisyClasses)
    implements Serializable {

  /** A task of images and labels as the source has them. */
  public static TaskConfig plain(String name, List<Integer> classes) {
    return new TaskConfig(name, classes, 0, 0, 0, List.of());
  }
}
