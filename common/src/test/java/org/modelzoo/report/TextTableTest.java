package org.modelzoo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private final TextTable table = new TextTable(1, List.of("name", "first", "second"));

  TextTableTest() {
    table.add(List.of("a", "1", "22"));
    table.rule();
    table.add(List.of("total", "1.5", "2"));
  }

  @Test
  void wordsStandLeftAndNumbersRight() {
    assertThat(table.toString())
        .isEqualTo(
            """
            name   first  second
            --------------------
            a          1      22
            --------------------
            total    1.5       2
            """);
  }

  @Test
  void aNameIsOneLineWhateverIsInIt() {
    table.add(List.of("b\ntotal\u001b[1A\u009b", "2", "3"));
    assertThat(table.toString().lines().skip(5)).containsExactly("b?total?[1A?      2       3");
  }

  @Test
  void aNarrowTerminalLosesTheLeastImportantColumnsOnly() {
    List<String> expendable = List.of("first", "second");
    assertThat(table.fit(20, expendable)).isEqualTo(table.toString());
    assertThat(table.fit(19, expendable)).startsWith("name   second\n-------------\n");
    assertThat(table.fit(3, expendable)).startsWith("name \n-----\na    \n");
  }
}
