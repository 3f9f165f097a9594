package org.modelzoo.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where JavaCPP unpacks native libraries, and loads them from: a directory that nobody else can
 * write. JavaCPP itself takes any that it can use, and one with a known name in the system's
 * temporary directory where there is no home.
 *
 * @param directory that exists and is private
 * @param lasts whether it is left for the next process
 * @param refused why another directory, which comes first, isn't used
 */
record NativeCache(Path directory, boolean lasts, Optional<String> refused) {
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** Set on directories like /tmp: only who owns a file there can rename or delete it. */
  private static final int STICKY = 01000;

  /**
   * Chooses the first of these that can be used and is private, or a fresh temporary one.
   *
   * @param candidates made where they are missing; those that can't be made are passed over
   */
  static NativeCache among(List<Path> candidates) {
    List<String> refused = new ArrayList<>();
    for (Path candidate : candidates) {
      Optional<Path> usable = usable(candidate);
      if (usable.isPresent()) {
        Optional<String> problem = problem(usable.get());
        if (problem.isEmpty()) {
          return new NativeCache(usable.get(), true, first(refused));
        }
        refused.add(problem.get());
      }
    }
    try {
      return new NativeCache(
          Files.createTempDirectory("modelzoo-natives", PRIVATE), false, first(refused));
    } catch (IOException e) {
      throw new UncheckedIOException("no directory for native libraries", e);
    }
  }

  private static Optional<String> first(List<String> refused) {
    return refused.stream().findFirst();
  }

  /** The directory without links in its path, if this process can write there. */
  private static Optional<Path> usable(Path directory) {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory, PRIVATE);
      }
      Path real = directory.toRealPath();
      return Files.isReadable(real) && Files.isWritable(real) && Files.isExecutable(real)
          ? Optional.of(real)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Why others could put libraries of theirs into a directory, or put another one in its place. */
  private static Optional<String> problem(Path directory) {
    try {
      UserPrincipal we = Files.getOwner(Path.of("/proc/self"));
      UserPrincipal root = Files.getOwner(directory.getRoot());
      for (Path above = directory.getParent(); above != null; above = above.getParent()) {
        PosixFileAttributes attributes = attributes(above);
        boolean trusted = attributes.owner().equals(we) || attributes.owner().equals(root);
        if (!trusted || (othersWrite(attributes) && !isSticky(above))) {
          return Optional.of(described(above, attributes));
        }
      }
      for (Path file : reachable(directory)) {
        PosixFileAttributes attributes = attributes(file);
        if (!attributes.owner().equals(we)
            || (othersWrite(attributes) && !attributes.isSymbolicLink())) {
          return Optional.of(described(file, attributes));
        }
      }
      return Optional.empty();
    } catch (IOException | UncheckedIOException | UnsupportedOperationException e) {
      return Optional.of("it can't be told who can write to %s: %s".formatted(directory, e));
    }
  }

  /** What others can reach of a directory and its content: itself alone, if they can't enter it. */
  private static List<Path> reachable(Path directory) throws IOException {
    Set<PosixFilePermission> permissions = attributes(directory).permissions();
    boolean othersEnter =
        permissions.contains(PosixFilePermission.GROUP_EXECUTE)
            || permissions.contains(PosixFilePermission.OTHERS_EXECUTE);
    if (!othersEnter) {
      return List.of(directory);
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.toList();
    }
  }

  private static PosixFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean othersWrite(PosixFileAttributes attributes) {
    return attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
        || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
  }

  private static boolean isSticky(Path directory) throws IOException {
    return ((int) Files.getAttribute(directory, "unix:mode") & STICKY) != 0;
  }

  private static String described(Path file, PosixFileAttributes attributes) {
    return "others than this user can write to %s (owner %s, %s)"
        .formatted(
            file,
            attributes.owner().getName(),
            PosixFilePermissions.toString(attributes.permissions()));
  }
}
