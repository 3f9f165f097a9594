package org.modelzoo.config;

import java.io.Serializable;

/**
 * The reservoir of method {@code replay}.
 *
 * @param images training images of earlier tasks that it keeps, all tasks together; 0 for as many
 *     as the zoo keeps
 */
public record ReplayConfig(int images) implements Serializable {}
