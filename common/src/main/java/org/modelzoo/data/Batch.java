package org.modelzoo.data;

/**
 * One training batch. The arrays are reused: valid until the next batch is asked for.
 *
 * @param size images in this batch, at most the batch size
 * @param features [size, height, width, channels], normalised and augmented; longer where the batch
 *     is not full
 * @param heads [size] index into the member's task list
 * @param labels [size] label within the task
 */
public record Batch(int size, float[] features, int[] heads, int[] labels) {}
