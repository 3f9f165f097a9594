package org.modelzoo.search.scheduler;

/**
 * A part of a trial's training, after which the scheduler compares it with others.
 *
 * @param number place on the scheduler's ladder, 0-based
 * @param from resource at which it begins, in the scheduler's units (epochs); 0: a new trial
 * @param to resource at which it ends
 */
public record Rung(int trial, int number, int from, int to) {}
