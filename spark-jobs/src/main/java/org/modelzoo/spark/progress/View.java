package org.modelzoo.spark.progress;

import java.util.List;

/** What a {@link LiveTerminal} keeps at the end of the screen. Asked from the terminal's thread. */
@FunctionalInterface
public interface View {
  /** The lines to show now, none where there is nothing to see; what doesn't fit is cut off. */
  List<String> lines(TerminalSize size);
}
