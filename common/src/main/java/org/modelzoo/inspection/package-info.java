/**
 * What a data set holds: counts of classes, duplicates, and sheets of images to look at.
 *
 * <p>May use {@code base}, {@code config} and {@code data}. Runs on the driver.
 */
package org.modelzoo.inspection;
