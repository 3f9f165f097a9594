package org.modelzoo.spark.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What one case came to.
 *
 * @param measurement its name, such as farm or bookkeeping
 * @param grown the number that was made smaller to see how the cost grows; empty for the whole case
 * @param seconds wall time of what is measured, without its preparation
 * @param busyShare share of the slots' time that units filled, for the farm
 * @param heapMegabytes the most that was alive on the Java heap after any collection
 * @param milliseconds what else was timed, by its name; mostly nothing
 * @param target what the whole case is to keep; empty for smaller ones
 * @param met whether it does
 */
public record ScaleResult(
    String measurement,
    Optional<String> grown,
    CaseSize size,
    double seconds,
    Optional<Double> busyShare,
    long heapMegabytes,
    SortedMap<String, Double> milliseconds,
    Optional<String> target,
    Optional<Boolean> met) {

  /** The fields of a JSON line, the sizes among them. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("measurement", measurement);
    grown.ifPresent(name -> fields.put("grown", name));
    fields.putAll(size.values());
    fields.put("seconds", seconds);
    busyShare.ifPresent(share -> fields.put("busy_share", share));
    fields.put("peak_heap_mb", heapMegabytes);
    milliseconds.forEach((name, value) -> fields.put(name.replace(' ', '_') + "_ms", value));
    target.ifPresent(text -> fields.put("target", text));
    met.ifPresent(is -> fields.put("met", is));
    return fields;
  }
}
