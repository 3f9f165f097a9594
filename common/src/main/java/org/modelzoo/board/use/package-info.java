/**
 * Predictions of single images with the zoos that the board shows. All of them run on one thread
 * with one native thread, which is made with the first of them, as is all that networks need.
 *
 * <p>May use what {@code board} may use, {@code board.scan}, and of {@code network} devices and
 * native threads; reads and writes nothing by itself. Runs in the board's process.
 */
package org.modelzoo.board.use;
