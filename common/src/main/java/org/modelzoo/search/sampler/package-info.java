/**
 * Samplers: what the next trial is to try, by the trials before.
 *
 * <p>May use {@code base}, {@code config} and the space of a search. Runs on the driver.
 */
package org.modelzoo.search.sampler;
