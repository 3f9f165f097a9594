/**
 * The live board over all runs: what it shows of each, and how that is filtered and sorted.
 *
 * <p>May use {@code base}, {@code config}, {@code boosting}, {@code search}, {@code metrics},
 * {@code store}, {@code run}, {@code zoo} and {@code report}, and in {@code use} {@code network};
 * below it, {@code scan} finds and reads, {@code use} predicts, and {@code web} serves. Reads run
 * directories and writes nothing. Runs in a process of its own, apart from drivers and clusters.
 */
package org.modelzoo.board;
