package org.modelzoo.board.scan;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.base.Secrets;
import org.modelzoo.board.BoardIndex;
import org.modelzoo.board.ConfigKeys;
import org.modelzoo.board.EntryState;
import org.modelzoo.board.IndexedEntry;
import org.modelzoo.board.scan.RootState.Kind;
import org.modelzoo.store.RunDirectory;

/**
 * One root, looked at again and again by a thread of its own. A file system that is slow or hangs
 * holds up this thread and what is asked of this root, and nothing else. Thread-safe.
 */
public final class BoardRoot implements AutoCloseable {
  private static final Duration LOCAL_PAUSE = Duration.ofSeconds(1);
  private static final Duration REMOTE_PAUSE = Duration.ofSeconds(5);

  /** Changes show soon enough, however long a look takes. */
  private static final Duration MOST_LOCAL_PAUSE = Duration.ofSeconds(3);

  private static final Duration MOST_REMOTE_PAUSE = Duration.ofSeconds(10);

  /** How many times as long as a look the pause after it is, up to those, to spare stores. */
  private static final int SHARE = 4;

  private static final Duration SLOW = Duration.ofSeconds(10);
  private static final Duration DEAD = Duration.ofSeconds(60);
  private static final Duration BETWEEN_PARTS = Duration.ofSeconds(1);
  private static final int READERS = 4;
  private static final int MOST_WAITING = 32;

  private final String root;
  private final Configuration hadoop;
  private final BoardIndex index;
  private final EntryAssembly assembly;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch looked = new CountDownLatch(1);
  private final Thread scanner;
  private final ThreadPoolExecutor readers;
  private volatile Map<String, SeenEntry> seen = Map.of();
  private volatile Kind state = Kind.SCANNING;
  private volatile String message;
  private volatile boolean busy;
  private volatile long answeredNanos = System.nanoTime();
  private volatile long tookNanos;
  private long publishedNanos;

  private BoardRoot(String root, Configuration hadoop, BoardIndex index) {
    this.root = root;
    this.hadoop = hadoop;
    this.index = index;
    this.assembly = new EntryAssembly(Secrets.hiddenIn(root));
    this.scanner = daemon(this::scan, "board-scan " + root);
    this.readers =
        new ThreadPoolExecutor(
            READERS,
            READERS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            task -> daemon(task, "board-read " + root));
    readers.allowCoreThreadTimeOut(true);
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Begins to look.
   *
   * @param root a directory on any Hadoop file system, which need not be there yet
   * @param index gets what is found
   */
  public static BoardRoot start(String root, Configuration hadoop, BoardIndex index) {
    BoardRoot started = new BoardRoot(root, hadoop, index);
    started.scanner.start();
    return started;
  }

  private void scan() {
    RootScan scan = null;
    long pauseNanos;
    do {
      long startedNanos = System.nanoTime();
      answeredNanos = startedNanos;
      busy = true;
      try {
        if (scan == null) {
          scan = open();
        }
        Map<Path, ScannedEntry> found = scan.look();
        publish(found);
        found.values().forEach(entry -> entry.settled(isSettled(entry)));
        state = Kind.OK;
        message = null;
      } catch (FileNotFoundException e) {
        publish(Map.of());
        state = Kind.MISSING;
        message = "there is no such directory yet; it shows when it is there";
      } catch (IOException | RuntimeException e) { // the latter of clients of stores, too
        state = Kind.UNREACHABLE;
        message = Secrets.hiddenIn(String.valueOf(e.getMessage()));
      } catch (StackOverflowError | OutOfMemoryError e) {
        state = Kind.UNREACHABLE;
        message = "looking failed: " + e;
      } finally {
        busy = false;
        looked.countDown();
      }
      tookNanos = System.nanoTime() - startedNanos;
      pauseNanos = pauseNanos(tookNanos);
    } while (!isClosedAfter(pauseNanos));
  }

  private RootScan open() {
    RunDirectory directory = RunDirectory.at(root, hadoop).bounded(FilesOf.MOST_BYTES);
    RootScan[] scan = new RootScan[1];
    scan[0] = new RootScan(directory, hadoop, () -> answered(scan[0]));
    return scan[0];
  }

  /** The first look may take long: what was found shows meanwhile. */
  private void answered(RootScan scan) {
    answeredNanos = System.nanoTime();
    if (state == Kind.SCANNING && answeredNanos - publishedNanos > BETWEEN_PARTS.toNanos()) {
      publish(scan.soFar());
    }
  }

  private long pauseNanos(long tookNanos) {
    boolean local = !root.contains(":/") || root.startsWith("file:");
    Duration least = local ? LOCAL_PAUSE : REMOTE_PAUSE;
    Duration most = local ? MOST_LOCAL_PAUSE : MOST_REMOTE_PAUSE;
    return Math.min(most.toNanos(), Math.max(least.toNanos(), SHARE * tookNanos));
  }

  private boolean isClosedAfter(long nanos) {
    try {
      return closed.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  private void publish(Map<Path, ScannedEntry> found) {
    Map<String, SeenEntry> now = new LinkedHashMap<>();
    Map<String, IndexedEntry> indexed = new LinkedHashMap<>();
    for (ScannedEntry entry : found.values()) {
      SeenEntry one = seen(entry);
      now.put(one.id(), one);
      indexed.put(one.id(), one.indexed());
    }
    seen = now;
    index.put(root, indexed);
    publishedNanos = System.nanoTime();
  }

  private SeenEntry seen(ScannedEntry entry) {
    SeenEntry before = seen.get(entry.id());
    if (entry.isSettled() && before != null) {
      return before;
    }
    return new SeenEntry(
        new IndexedEntry(
            assembly.of(entry), entry.files().map(EntryFiles::keys).orElse(ConfigKeys.NONE)),
        entry.files().map(EntryFiles::directory),
        entry.files().flatMap(files -> files.watch().snapshot()),
        Standing.membersAtWork(entry),
        entry.children().stream().map(ScannedEntry::id).toList(),
        entry.archiveBytes());
  }

  /** Of one that was published with all that belongs to it. */
  private boolean isSettled(ScannedEntry entry) {
    SeenEntry one = seen.get(entry.id());
    return one != null
        && one.indexed().entry().state() == EntryState.FINISHED
        && entry.children().stream().allMatch(this::isSettled);
  }

  /** How it answers now. */
  public RootState state() {
    Duration silence = Duration.ofNanos(System.nanoTime() - answeredNanos);
    String shown = Secrets.hiddenIn(root);
    if (busy && silence.compareTo(DEAD) > 0) {
      return new RootState(shown, Kind.UNREACHABLE, noAnswer(silence));
    }
    if (busy && silence.compareTo(SLOW) > 0) {
      return new RootState(shown, Kind.SLOW, noAnswer(silence));
    }
    return new RootState(shown, state, message);
  }

  private static String noAnswer(Duration silence) {
    return "no answer for %d s; what is shown is as of before".formatted(silence.toSeconds());
  }

  /** How long the last look took, in seconds. */
  public double lookSeconds() {
    return tookNanos / 1e9;
  }

  /** An entry of this root as it was at the last look. */
  public Optional<SeenEntry> find(String id) {
    return Optional.ofNullable(seen.get(id));
  }

  /** Waits for the end of the first look, and not longer than this. */
  public boolean awaitFirstLook(Duration most) throws InterruptedException {
    return looked.await(most.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Reads something from this root's file system, on a thread of its own.
   *
   * @param most how long to wait
   * @throws ModelZooException (cluster) if the file system doesn't answer in time; what the reading
   *     throws
   */
  public <T> T read(Callable<T> reading, Duration most) {
    Future<T> result;
    try {
      result = readers.submit(reading);
    } catch (RejectedExecutionException e) {
      throw unanswered("too many are waiting for it already", e);
    }
    try {
      return result.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      result.cancel(true);
      throw unanswered("no answer within %d s".formatted(most.toSeconds()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unanswered("the board is about to end", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ModelZooException known) {
        throw known;
      }
      throw new ModelZooException(
          e.getCause() instanceof IOException ? ErrorKind.CLUSTER : ErrorKind.BUG,
          String.valueOf(e.getCause().getMessage()),
          e);
    }
  }

  private ModelZooException unanswered(String why, Exception cause) {
    return new ModelZooException(
        ErrorKind.CLUSTER,
        "the file system of %s doesn't answer: %s; try again later"
            .formatted(Secrets.hiddenIn(root), why),
        cause);
  }

  @Override
  public void close() {
    closed.countDown();
    scanner.interrupt();
    readers.shutdownNow();
  }
}
