/**
 * The files of a run on any Hadoop file system: published whole, sealed with checksums, and fenced
 * by the lease of the driver that works on the run.
 *
 * <p>May use {@code base} and {@code config}. Runs on driver and executors.
 */
package org.modelzoo.store;
