package org.modelzoo.config;

import java.io.Serializable;

/**
 * The network of every member.
 *
 * @param name {@code small-conv}, or {@code wrn-<depth>-<width>} with depth = 6n + 4
 * @param dropout probability of dropping a value inside a WideResNet block, in [0, 1)
 * @param engine that trains and runs it
 */
public record NetworkConfig(String name, double dropout, EngineChoice engine)
    implements Serializable {}
