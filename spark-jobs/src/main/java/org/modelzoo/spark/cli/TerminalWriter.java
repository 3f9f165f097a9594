package org.modelzoo.spark.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.modelzoo.base.TerminalText;

/** Writes what a terminal may show: names and messages of others are shown and not obeyed. */
final class TerminalWriter extends FilterWriter {
  private TerminalWriter(Writer out) {
    super(out);
  }

  /** A stream as UTF-8, flushed after each line. */
  static PrintWriter on(OutputStream stream) {
    Writer writer = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
    return new PrintWriter(new TerminalWriter(writer), true);
  }

  @Override
  public void write(int character) throws IOException {
    out.write(TerminalText.block(String.valueOf((char) character)));
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    out.write(TerminalText.block(new String(text, offset, length)));
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    out.write(TerminalText.block(text.substring(offset, offset + length)));
  }
}
