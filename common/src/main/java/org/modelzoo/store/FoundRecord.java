package org.modelzoo.store;

import java.util.Optional;

/**
 * What there is of a file that can be made again.
 *
 * @param record if there is a whole one
 * @param damage what is wrong, if there is a damaged one
 */
public record FoundRecord<T>(Optional<T> record, Optional<String> damage) {}
