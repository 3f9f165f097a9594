package org.modelzoo.search.scheduler;

/**
 * A unit of work: a trial's training over one rung.
 *
 * @param rung place on the scheduler's ladder of rungs, 0-based
 * @param from resource at which it begins, in the scheduler's units (epochs); 0: a new trial
 * @param to resource at which it ends
 */
public record Work(int trial, int rung, int from, int to) {}
