package org.modelzoo.search;

/**
 * A rung that a trial has behind it.
 *
 * @param rung place on the scheduler's ladder
 * @param resource at its end
 */
public record RungResult(int rung, int resource, RungReport report) {}
