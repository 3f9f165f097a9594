package org.modelzoo.base;

/**
 * Text of others as a terminal may show it. A terminal obeys control characters, those that begin
 * escape sequences above all, and shows text in another order between marks of direction; both
 * become question marks. Runs everywhere.
 */
public final class TerminalText {
  private static final char SHOWN = '?';

  private TerminalText() {}

  /** Text that may have several lines; line feeds and tabs stay. */
  public static String block(String text) {
    return shown(text, /* kept= */ "\n\t");
  }

  /** Text that belongs on one line, such as a name in a table. */
  public static String line(String text) {
    return shown(text, /* kept= */ "");
  }

  private static String shown(String text, String kept) {
    StringBuilder shown = null;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (isObeyed(character) && kept.indexOf(character) < 0) {
        shown = shown == null ? new StringBuilder(text) : shown;
        shown.setCharAt(i, SHOWN);
      }
    }
    return shown == null ? text : shown.toString();
  }

  /** C0 and C1, DEL, separators of lines and paragraphs, embeddings, overrides and isolates. */
  private static boolean isObeyed(char character) {
    return Character.isISOControl(character)
        || (character >= '\u2028' && character <= '\u202e')
        || (character >= '\u2066' && character <= '\u2069');
  }
}
