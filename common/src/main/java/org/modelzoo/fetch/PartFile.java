package org.modelzoo.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

/**
 * What is here of a file that is not whole yet, on a local disk, and beside it which version of
 * which server's it is. Held by one process at a time. Trouble with the disk is an error of the
 * kind CLUSTER: no mirror could help.
 */
final class PartFile implements Closeable {
  private final Path path;
  private final Path origin;
  private final FileChannel channel;

  private PartFile(Path path, FileChannel channel) {
    this.path = path;
    this.origin = path.resolveSibling(path.getFileName() + ".from");
    this.channel = channel;
  }

  /** Opens what an earlier start left, or an empty part. */
  static PartFile open(Path staging, PublishedFile file) {
    Path path = staging.resolve(".%s-%.12s.part".formatted(file.name(), file.sha256()));
    try {
      Files.createDirectories(staging);
      FileChannel channel =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        if (channel.tryLock() != null) {
          PartFile part = new PartFile(path, channel);
          if (part.size() > file.bytes()) {
            part.clear();
          }
          return part;
        }
      } catch (OverlappingFileLockException e) {
        // Another thread of this process.
      }
      channel.close();
    } catch (IOException e) {
      throw unwritable(path, e);
    }
    throw new ModelZooException(
        ErrorKind.CLUSTER,
        "%s is being fetched by another process already; wait for it, or give another --staging"
            .formatted(path));
  }

  Path path() {
    return path;
  }

  long size() {
    try {
      return channel.size();
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /** The version that a server gave for what is here, if it was this server. */
  Optional<String> versionFrom(URI url) {
    try {
      List<String> lines = Files.readAllLines(origin);
      return lines.size() == 2 && lines.get(0).equals(url.toString())
          ? Optional.of(lines.get(1))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // None was kept.
    }
  }

  /** Starts from nothing, with bytes of this server. */
  void begin(URI url, Optional<String> version) {
    clear();
    if (version.isPresent()) {
      try {
        Files.write(origin, List.of(url.toString(), version.get()));
      } catch (IOException e) {
        throw unwritable(origin, e);
      }
    }
  }

  void append(byte[] bytes, int length) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
      channel.position(channel.size());
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /** Forgets all bytes. */
  void clear() {
    try {
      channel.truncate(0);
      Files.deleteIfExists(origin);
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /** Deletes it, for the file is in its place. */
  void delete() {
    try {
      Files.deleteIfExists(path);
      Files.deleteIfExists(origin);
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  @Override
  public void close() {
    try {
      boolean empty = channel.size() == 0;
      channel.close();
      if (empty) {
        delete();
      }
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  private static ModelZooException unwritable(Path path, IOException cause) {
    return new ModelZooException(
        ErrorKind.CLUSTER,
        "can't write %s: %s; make room or give a --staging directory that may be written to"
            .formatted(path, cause),
        cause);
  }
}
