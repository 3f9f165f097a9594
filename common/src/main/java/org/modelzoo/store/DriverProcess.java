package org.modelzoo.store;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The process of a driver, so that another one can recognise it.
 *
 * @param host for people
 * @param machine boot, process namespace and user: where they are the same, a process number means
 *     the same process, and it can be seen; empty where the system doesn't tell
 * @param pid process number
 * @param started when the process began, ISO 8601; empty where the system doesn't tell
 */
public record DriverProcess(String host, String machine, long pid, String started) {
  /** Systems tell the start of a process to the second, and clocks are set now and then. */
  private static final Duration SAME_START = Duration.ofSeconds(10);

  public DriverProcess {
    requireNonNull(host, "host");
    requireNonNull(machine, "machine");
    requireNonNull(started, "started");
  }

  /** What one process knows of another. */
  enum Liveness {
    RUNS,
    ENDED,
    OUT_OF_SIGHT
  }

  /** This process. */
  public static DriverProcess here() {
    ProcessHandle process = ProcessHandle.current();
    return new DriverProcess(
        hostName(),
        machineHere(),
        process.pid(),
        process.info().startInstant().map(Instant::toString).orElse(""));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  private static String machineHere() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip()
          + " "
          + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"))
          + " "
          + System.getProperty("user.name");
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  /** Whether this process runs, as far as {@code observer}, the process that asks, can tell. */
  Liveness seenBy(DriverProcess observer) {
    if (machine.isEmpty() || !machine.equals(observer.machine)) {
      return Liveness.OUT_OF_SIGHT;
    }
    Optional<ProcessHandle> process =
        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(found -> !isZombie());
    if (process.isEmpty()) {
      return Liveness.ENDED;
    }
    return process.get().info().startInstant().filter(this::isStart).isPresent()
        ? Liveness.RUNS
        : Liveness.OUT_OF_SIGHT; // Another process has its number now, or the clock was set.
  }

  /** Dead, but nobody asked for its exit code, as happens in containers. */
  private boolean isZombie() {
    try {
      String status = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return status.startsWith("Z", status.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return false;
    }
  }

  private boolean isStart(Instant instant) {
    try {
      return Duration.between(Instant.parse(started), instant).abs().compareTo(SAME_START) < 0;
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
