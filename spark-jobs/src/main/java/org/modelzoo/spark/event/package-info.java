/**
 * What a job tells while it runs: the events of runs and studies, their listeners, and what is
 * hidden from messages.
 *
 * <p>May use no room of Spark's. Runs on the driver; the channel of progress also on executors.
 */
package org.modelzoo.spark.event;
