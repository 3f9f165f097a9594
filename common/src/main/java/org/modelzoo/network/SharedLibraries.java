package org.modelzoo.network;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the system's linker and JavaCPP look for shared libraries. Loads none of them.
 *
 * @param directories that are searched
 * @param cache content of the linker's own list, with a path and a zero byte for each library
 */
record SharedLibraries(List<Path> directories, String cache) {
  private static final List<String> OF_CUDA =
      List.of("/usr/local/cuda/lib64", "/usr/local/cuda/extras/CUPTI/lib64");

  private static final Path CACHE = Path.of("/etc/ld.so.cache");

  /** Those of this process. */
  static SharedLibraries here() {
    List<Path> directories =
        Stream.concat(
                Stream.of(System.getenv("LD_LIBRARY_PATH"), System.getProperty("java.library.path"))
                    .filter(Objects::nonNull)
                    .flatMap(Pattern.compile(File.pathSeparator)::splitAsStream)
                    .filter(directory -> !directory.isEmpty()),
                OF_CUDA.stream())
            .map(Path::of)
            .distinct()
            .toList();
    try {
      return new SharedLibraries(directories, Files.readString(CACHE, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      // Systems that have none search directories only.
      return new SharedLibraries(directories, "");
    }
  }

  /** Whether there is a library of that name, as the linker knows it: {@code libcublas.so.13}. */
  boolean has(String name) {
    return cache.contains("/" + name + "\0")
        || directories.stream().anyMatch(directory -> Files.exists(directory.resolve(name)));
  }
}
