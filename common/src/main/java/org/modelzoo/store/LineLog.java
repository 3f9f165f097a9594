package org.modelzoo.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.store.RunDirectory.Reading;

/**
 * Lines that are only ever added, on file systems that can't append: {@code
 * <name>/<generation>-<part>.jsonl}. The last part is published anew with every addition, until it
 * is so long that the next one begins; so an addition is there as a whole or not at all.
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
  private final String name;
  private final boolean isOnlyMemory;
  private final ByteArrayOutputStream lastPart = new ByteArrayOutputStream();
  private int generation;
  private int part;

  private LineLog(RunDirectory run, String name, boolean isOnlyMemory) {
    this.run = run;
    this.name = name;
    this.isOnlyMemory = isOnlyMemory;
  }

  /**
   * The log of a study, {@code log/}; as its only memory it can't be read without all its parts.
   */
  public static LineLog ofStudy(RunDirectory study) {
    return new LineLog(study, "log", true);
  }

  /**
   * The history of a run, {@code events/}, of which a part that was lost leaves the others. Older
   * programs wrote a file {@code events.jsonl}, with which the log begins.
   */
  public static LineLog ofEvents(RunDirectory run) {
    return new LineLog(run, "events", false);
  }

  /**
   * All lines, each with its line feed; empty if there is no log.
   *
   * @throws ModelZooException (data) if a part is missing, (cluster) if the file system fails
   */
  public String read() {
    return read(
        text -> {
          StringWriter lines = new StringWriter();
          text.transferTo(lines);
          return lines.toString();
        });
  }

  /**
   * Reads the lines as a stream, since they may not fit in memory; an empty one if there is no log.
   *
   * @throws ModelZooException (data) if a part is missing, (cluster) if the file system fails
   */
  public <T> T read(Reading<T> reading) {
    return run.attempt(
        "read",
        () -> {
          try (BufferedReader text = whole(newest())) {
            return reading.of(text);
          } catch (UncheckedIOException e) { // of a stream of its lines
            throw e.getCause();
          }
        });
  }

  /**
   * As {@link #read(Reading)}, but not more than the newest lines, the first one perhaps cut off at
   * its beginning: whoever only looks reads no log as a whole that somebody made huge.
   *
   * @param mostBytes of them all
   */
  public <T> T readNewest(long mostBytes, Reading<T> reading) {
    return run.attempt(
        "read",
        () -> {
          try (BufferedReader text = tail(mostBytes)) {
            return reading.of(text);
          } catch (UncheckedIOException e) { // of a stream of its lines
            throw e.getCause();
          }
        });
  }

  /** Whoever must not read a file of that length reads no log of it either. */
  private BufferedReader whole(int generation) throws IOException {
    List<Path> parts = parts(generation);
    long most = run.files().mostBytes();
    if (most < Long.MAX_VALUE) {
      long length = 0;
      for (Path part : parts) {
        length += run.files().status(part).getLen();
      }
      if (length > most) {
        throw new DamagedFileException(
            run.path(name).toString(),
            "it has %,d bytes, more than the %,d that are read".formatted(length, most));
      }
    }
    return text(parts, 0);
  }

  private BufferedReader tail(long mostBytes) throws IOException {
    List<Path> parts = parts(newest());
    long left = mostBytes;
    int first = parts.size();
    long skipped = 0;
    while (first > 0 && left > 0) {
      first--;
      long length = run.files().status(parts.get(first)).getLen();
      skipped = Math.max(0, length - left);
      left -= length;
    }
    return text(parts.subList(first, parts.size()), skipped);
  }

  /** Opens the log to add to it, with all lines; see {@link #open(Predicate)}. */
  public void open() {
    open(line -> true);
  }

  /**
   * Opens the log, of a directory behind the fence of its lease, to add to it; there need not be
   * one yet.
   *
   * @param kept which lines stay
   * @throws ModelZooException (data) if a part is missing, (cluster) if the file system fails
   */
  public void open(Predicate<String> kept) {
    run.attempt(
        "write",
        () -> {
          // So that a line that the driver before was about to publish doesn't appear any more.
          run.files().deleteUnfinished(run.path(name));
          int before = newest();
          parts(before); // None may be missing.
          generation = before + 1;
          part = 0;
          run.writeDurably(file(generation, part), out -> copy(before, kept, out));
          part++;
          deleteOlder();
          return null;
        });
  }

  private void copy(int before, Predicate<String> kept, OutputStream out) throws IOException {
    try (BufferedReader text = text(before)) {
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        if (kept.test(line)) {
          out.write((line + "\n").getBytes(UTF_8));
        }
      }
    } catch (UncheckedIOException e) { // of a part that can't be opened
      throw e.getCause();
    }
  }

  /** The newest generation, 0 if there is none. */
  private int newest() throws IOException {
    return names().stream().mapToInt(name -> Integer.parseInt(name.group(1))).max().orElse(0);
  }

  private List<Matcher> names() throws IOException {
    return run.files().list(run.path(name)).stream()
        .map(NAME::matcher)
        .filter(Matcher::matches)
        .toList();
  }

  private BufferedReader text(int generation) throws IOException {
    return text(parts(generation), 0);
  }

  /**
   * The content of files one after the other.
   *
   * @param skipped bytes of the first one that are left out
   */
  @SuppressWarnings("JdkObsolete") // SequenceInputStream takes nothing newer.
  private BufferedReader text(List<Path> files, long skipped) {
    Iterator<Path> parts = files.iterator();
    Enumeration<InputStream> contents =
        new Enumeration<>() {
          @Override
          public boolean hasMoreElements() {
            return parts.hasNext();
          }

          private long skip = skipped;

          @Override
          public InputStream nextElement() {
            InputStream content = content(parts.next(), skip);
            skip = 0;
            return content;
          }
        };
    return new BufferedReader(new InputStreamReader(new SequenceInputStream(contents), UTF_8));
  }

  private InputStream content(Path path, long skipped) {
    try {
      return run.files().open(path, skipped);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files of a generation in their order. */
  private List<Path> parts(int generation) throws IOException {
    if (generation == 0) {
      return run.files().exists(run.path(formerFile()))
          ? List.of(run.path(formerFile()))
          : List.of();
    }
    List<Integer> parts =
        names().stream()
            .filter(name -> Integer.parseInt(name.group(1)) == generation)
            .map(name -> Integer.parseInt(name.group(2)))
            .toList();
    if (isOnlyMemory) {
      IntStream.range(0, parts.size())
          .filter(expected -> parts.get(expected) != expected)
          .findFirst()
          .ifPresent(missing -> fail(generation, missing));
    }
    return parts.stream().map(part -> run.path(file(generation, part))).toList();
  }

  private void fail(int generation, int missing) {
    throw new ModelZooException(
        ErrorKind.DATA,
        "%s is missing; put back a copy, or start over with --fresh"
            .formatted(run.path(file(generation, missing))));
  }

  /** The one file of lines that older programs wrote instead. */
  private String formerFile() {
    return name + ".jsonl";
  }

  private String file(int generation, int part) {
    return String.format(Locale.ROOT, "%s/%06d-%06d.jsonl", name, generation, part);
  }

  /**
   * Adds lines, which are kept when this returns; none is where this fails.
   *
   * @param lines each with its line feed
   * @throws ModelZooException (cluster) if they can't be written, or another driver took over
   */
  public void add(String lines) {
    byte[] added = lines.getBytes(UTF_8);
    run.attempt(
        "write",
        () -> {
          run.writeDurably(
              file(generation, part),
              out -> {
                lastPart.writeTo(out);
                out.write(added);
              });
          return null;
        });
    lastPart.writeBytes(added);
    if (lastPart.size() >= PART_BYTES) {
      lastPart.reset();
      part++;
    }
  }

  private void deleteOlder() throws IOException {
    for (Matcher name : names()) {
      int of = Integer.parseInt(name.group(1));
      if (of < generation) {
        run.files().delete(run.path(file(of, Integer.parseInt(name.group(2)))));
      }
    }
    run.files().delete(run.path(formerFile()));
  }
}
