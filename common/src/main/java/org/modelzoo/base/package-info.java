/**
 * What every room needs: errors with their kind, seeds, clocks, and text that is safe to show.
 *
 * <p>Uses no other room. Runs on driver and executors.
 */
package org.modelzoo.base;
