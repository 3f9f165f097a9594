package org.modelzoo.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.bytedeco.javacpp.Loader;

/** A process that says where JavaCPP would unpack native libraries, and with which rights. */
final class NativeCacheProbe {
  private NativeCacheProbe() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws IOException {
    NativeSetup.ensure();
    Path cache = Loader.getCacheDir().toPath();
    System.out.println(
        cache + " " + PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)));
  }
}
