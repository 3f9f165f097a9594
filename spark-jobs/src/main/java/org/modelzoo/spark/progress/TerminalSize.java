package org.modelzoo.spark.progress;

/** Size of a terminal in characters. */
public record TerminalSize(int columns, int rows) {}
