/**
 * Finds the entries of the board under its roots, each root on a thread of its own, and reads of
 * them only what has changed. Writes nothing, takes no lease, and reads no more of a file than a
 * bound.
 *
 * <p>May use what {@code board} may use, and that. Runs in the board's process.
 */
package org.modelzoo.board.scan;
