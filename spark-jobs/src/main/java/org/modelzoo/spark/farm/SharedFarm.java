package org.modelzoo.spark.farm;

/** A farm whose slots several jobs of one application share. Lives on the driver. */
public interface SharedFarm extends Farm {
  /**
   * Opens a job's share. Jobs that have units waiting get time on the slots in proportion to their
   * weights; what one leaves free is the others'.
   *
   * @param job its name, also that of Spark's pool; must not be another one's
   * @param weight at least 1, in relation to the others'
   * @return the job's door to the cluster; closing it does nothing, as that is this farm's to do
   */
  Farm share(String job, int weight);
}
