/**
 * Configurations: the records of an experiment, and the loader that checks HOCON files against the
 * ranges of their keys.
 *
 * <p>May use {@code base}. Runs on driver and executors.
 */
package org.modelzoo.config;
