package org.modelzoo.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTextTest {
  @ParameterizedTest
  @ValueSource(
      chars = {
        '\0', '\b', '\r', '\u000b', '\u001b', '\u007f', '\u0080', '\u0085', '\u0090', '\u009b',
        '\u009d', '\u2028', '\u202a', '\u202e', '\u2066', '\u2069'
      })
  void whatATerminalObeysIsAQuestionMark(char obeyed) {
    String text = "a" + obeyed + "[2Jb";
    assertThat(TerminalText.block(text)).isEqualTo("a?[2Jb");
    assertThat(TerminalText.line(text)).isEqualTo("a?[2Jb");
  }

  @Test
  void lineFeedsAndTabsStayInBlocksOnly() {
    assertThat(TerminalText.block("a\n\tb")).isEqualTo("a\n\tb");
    assertThat(TerminalText.line("a\n\tb")).isEqualTo("a??b");
  }

  @Test
  void wordsOfAllLanguagesStay() {
    String words = "größer 猫 قطة 🐈 naïve … – ✓";
    assertThat(TerminalText.block(words)).isSameAs(words);
    assertThat(TerminalText.line(words)).isSameAs(words);
  }
}
