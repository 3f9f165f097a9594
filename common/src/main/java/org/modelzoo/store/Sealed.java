package org.modelzoo.store;

/**
 * A record whose file must carry its own checksum, from format version 2 on; see {@link
 * Json#writeSealed}.
 */
public interface Sealed {}
