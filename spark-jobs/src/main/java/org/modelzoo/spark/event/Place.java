package org.modelzoo.spark.event;

import java.io.Serializable;

/**
 * Where a member trains, for people.
 *
 * @param where executor and host
 * @param device {@code cpu}, or the addresses of its graphics cards
 */
public record Place(String where, String device) implements Serializable {}
