package org.modelzoo.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

/**
 * Lines that are only ever added, on file systems that can't append: {@code
 * log/<generation>-<part>.jsonl}. The last part is published anew with every line, until it is so
 * long that the next one begins; so a line is there as a whole or not at all.
 *
 * <p>Whoever opens the log to add to it begins a generation, whose first part holds all that is
 * there, and the ones before are deleted once it would survive a power cut. Only the newest
 * generation is read: what a driver adds that was believed dead is lost, and does no harm. Lives on
 * the driver; one thread at a time.
 */
public final class LineLog {
  private static final Pattern NAME = Pattern.compile("([0-9]{6})-([0-9]{6})\\.jsonl");
  private static final int PART_BYTES = 1 << 16;

  private final RunDirectory run;
  private final int generation;
  private final ByteArrayOutputStream lastPart = new ByteArrayOutputStream();
  private int part;

  private LineLog(RunDirectory run, int generation) {
    this.run = run;
    this.generation = generation;
  }

  /**
   * All lines, each with its line feed; empty if there is no log.
   *
   * @throws ModelZooException (data) if a part is missing, (cluster) if the file system fails
   */
  public static String read(RunDirectory run) {
    return run.attempt("read", () -> read(run, newest(run)));
  }

  /**
   * Opens the log to add to it; there need not be one yet.
   *
   * @param run behind the fence of its lease
   * @throws ModelZooException (data) if a part is missing, (cluster) if the file system fails
   */
  public static LineLog open(RunDirectory run) {
    return run.attempt(
        "write",
        () -> {
          // So that a line that the driver before was about to publish doesn't appear any more.
          run.files().deleteUnfinished(run.path("log"));
          int before = newest(run);
          LineLog log = new LineLog(run, before + 1);
          String lines = read(run, before);
          log.write(lines.getBytes(UTF_8));
          log.part++;
          log.deleteOlder();
          return log;
        });
  }

  private static String read(RunDirectory run, int generation) throws IOException {
    StringBuilder lines = new StringBuilder();
    int expected = 0;
    for (String name : run.files().list(run.path("log"))) {
      Matcher matcher = NAME.matcher(name);
      if (matcher.matches() && Integer.parseInt(matcher.group(1)) == generation) {
        if (Integer.parseInt(matcher.group(2)) != expected++) {
          throw new ModelZooException(
              ErrorKind.DATA,
              "%s is missing; put back a copy, or start anew with --fresh"
                  .formatted(run.path("log/" + name(generation, expected - 1))));
        }
        lines.append(new String(run.files().read(run.path("log/" + name)), UTF_8));
      }
    }
    return lines.toString();
  }

  /** The newest generation, 0 if there is none. */
  private static int newest(RunDirectory run) throws IOException {
    List<String> names = run.files().list(run.path("log"));
    return names.stream()
        .map(NAME::matcher)
        .filter(Matcher::matches)
        .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
        .max()
        .orElse(0);
  }

  private static String name(int generation, int part) {
    return String.format(Locale.ROOT, "%06d-%06d.jsonl", generation, part);
  }

  /**
   * Adds a line, which is kept when this returns.
   *
   * @param line with its line feed
   * @throws ModelZooException (cluster) if it can't be written, or another driver took over
   */
  public void add(String line) {
    lastPart.writeBytes(line.getBytes(UTF_8));
    run.attempt(
        "write",
        () -> {
          write(lastPart.toByteArray());
          return null;
        });
    if (lastPart.size() >= PART_BYTES) {
      lastPart.reset();
      part++;
    }
  }

  private void write(byte[] content) throws IOException {
    run.writeDurably("log/" + name(generation, part), content);
  }

  private void deleteOlder() throws IOException {
    for (String name : run.files().list(run.path("log"))) {
      Matcher matcher = NAME.matcher(name);
      if (matcher.matches() && Integer.parseInt(matcher.group(1)) < generation) {
        run.files().delete(run.path("log/" + name));
      }
    }
  }
}
