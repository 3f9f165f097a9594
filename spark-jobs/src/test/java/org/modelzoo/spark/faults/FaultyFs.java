package org.modelzoo.spark.faults;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options.ChecksumOpt;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local disk under another name, for Hadoop's newer interface, where creating a file, renaming
 * and looking may strike a fault. Renames in one step, as {@code RunFiles} does on a local disk.
 */
public final class FaultyFs extends DelegateToFileSystem {
  /** Hadoop's key of the directory with the rules. */
  static final String CONTROL = "fs.faulty.control";

  private final FaultRules rules;

  /** Called by Hadoop. */
  FaultyFs(URI location, Configuration hadoop) throws IOException, URISyntaxException {
    super(FaultyFileSystem.ROOT, new FaultyFileSystem(), hadoop, "faulty", false);
    rules = new FaultRules(java.nio.file.Path.of(hadoop.get(CONTROL)));
  }

  @Override
  public int getUriDefaultPort() {
    return -1;
  }

  @Override
  public FSDataOutputStream createInternal(
      Path file,
      EnumSet<CreateFlag> flags,
      FsPermission permission,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress,
      ChecksumOpt checksum,
      boolean createParent)
      throws IOException {
    rules.meet("create", file.toUri().getPath());
    return super.createInternal(
        file,
        flags,
        permission,
        bufferSize,
        replication,
        blockSize,
        progress,
        checksum,
        createParent);
  }

  @Override
  public void renameInternal(Path source, Path target) throws IOException {
    rules.meet("rename", target.toUri().getPath());
    Files.move(local(source), local(target), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void renameInternal(Path source, Path target, boolean overwrite) throws IOException {
    renameInternal(source, target);
  }

  @Override
  public FileStatus getFileStatus(Path file) throws IOException {
    rules.meet("look", file.toUri().getPath());
    return super.getFileStatus(file);
  }

  @Override
  public boolean delete(Path file, boolean recursive) throws IOException {
    rules.requireAlive();
    return super.delete(file, recursive);
  }

  @Override
  public void mkdir(Path directory, FsPermission permission, boolean createParent)
      throws IOException {
    rules.requireAlive();
    super.mkdir(directory, permission, createParent);
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    rules.requireAlive();
    return super.open(file, bufferSize);
  }

  @Override
  public FileStatus[] listStatus(Path directory) throws IOException {
    rules.requireAlive();
    return super.listStatus(directory);
  }

  private static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }
}
