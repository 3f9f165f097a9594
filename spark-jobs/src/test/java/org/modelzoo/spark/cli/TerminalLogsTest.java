package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.junit.jupiter.api.Test;

class TerminalLogsTest {
  @Test
  void whatOthersPrintIsLedAwayLineByLineUntilTheEnd() {
    List<String> lines = new CopyOnWriteArrayList<>();
    PrintStream err = System.err;
    try (TerminalLogs logs = TerminalLogs.install(lines::add)) {
      assertThat(logs).isNotNull();
      System.err.print("a line in ");
      System.err.println("two parts, größer");
      LogManager.getLogger("test").error("an executor was lost");
    }
    assertThat(System.err).isSameAs(err);
    LogManager.getLogger("test").error("after the view");
    assertThat(lines).hasSize(2).startsWith("a line in two parts, größer");
    assertThat(lines.get(1)).contains("an executor was lost");
  }
}
