/**
 * What a graphics card is held to: the same numbers as the processor, accuracy in every precision,
 * speed and memory of many members, and a run that goes on after it was killed.
 *
 * <p>May use {@code farm}. Runs where the command runs; everything that may fail there runs in
 * processes of its own.
 */
package org.modelzoo.spark.benchmark.card;
