/**
 * Data sets: readers of image files, tasks made of their classes, and batches of augmented images.
 *
 * <p>May use {@code base}, {@code config} and {@code synthetic}. Runs on driver and executors.
 */
package org.modelzoo.data;
