package org.modelzoo.config;

import java.io.Serializable;
import java.util.List;

/**
 * A source of images and how its classes are cut into tasks.
 *
 * @param name for people, for example {@code coarse_cifar100}
 * @param source where the images come from
 * @param tasks every task, in the order of the configuration; a task's id is its index here
 */
public record TaskSetConfig(String name, SourceConfig source, List<TaskConfig> tasks)
    implements Serializable {}
