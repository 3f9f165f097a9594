/**
 * What a run has done, as a value: {@link org.modelzoo.run.RunHistory}, made of the committed
 * {@link org.modelzoo.run.Round rounds} of a run directory. The boosting loop adds to it;
 * everything that shows, uses or continues a run reads it.
 *
 * <p>May use {@code base}, {@code config}, {@code metrics}, {@code store} and {@code boosting}.
 * Runs on the driver.
 */
package org.modelzoo.run;
