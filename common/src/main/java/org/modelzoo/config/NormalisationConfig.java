package org.modelzoo.config;

import java.io.Serializable;

/** Network input = (byte / 255 − mean) / deviation, for every channel. */
public record NormalisationConfig(double mean, double deviation) implements Serializable {}
