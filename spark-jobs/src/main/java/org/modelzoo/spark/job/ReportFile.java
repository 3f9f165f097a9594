package org.modelzoo.spark.job;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.store.RunDirectory;

/** {@code report.html}, where it stands beside other work. Lives on the driver. */
public final class ReportFile {
  /** Its name in the directory of a run, a sweep or a search. */
  public static final String NAME = "report.html";

  private ReportFile() {}

  /** Writes it. That it can't be made or written is a remark and stops nothing. */
  public static void write(
      RunDirectory directory, Supplier<byte[]> page, Consumer<String> remarks) {
    try {
      directory.write(NAME, page.get());
    } catch (Throwable e) { // Errors too, and checked exceptions that Scala doesn't declare.
      Object why = e instanceof ModelZooException ? e.getMessage() : e;
      remarks.accept("%s can't be written: %s".formatted(directory.path(NAME), why));
    }
  }
}
