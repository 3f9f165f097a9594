package org.modelzoo.config;

import java.io.Serializable;

/**
 * Where results go.
 *
 * @param directory URI on any Hadoop file system; the run directory is {@code
 *     <directory>/<experiment.name>}
 */
public record OutputConfig(String directory) implements Serializable {}
