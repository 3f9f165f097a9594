package org.modelzoo.spark.benchmark.card;

import java.nio.file.Path;
import java.util.List;
import org.modelzoo.config.Precision;
import org.modelzoo.network.Device;

/**
 * What is proven, and where.
 *
 * @param device that is held to it; on a processor all steps run but those about the card
 * @param network of parity and speed
 * @param members at once, a measurement each
 * @param seconds of each measurement
 * @param python interpreter with PyTorch to compare with; null for none
 * @param checkout directory that has {@code deploy} and {@code conf}
 * @param overrides of the quick start's configuration
 */
public record CardSettings(
    Device device,
    String network,
    int batch,
    List<Integer> members,
    List<Precision> precisions,
    int seconds,
    String python,
    Path checkout,
    List<String> overrides) {}
