/**
 * Reads Python pickles that hold plain values and NumPy arrays of bytes, and no others.
 *
 * <p>Uses no other room. Runs on driver and executors.
 */
package org.modelzoo.data.pickle;
