package org.modelzoo.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A comment of {@code reference.conf} as one line of Markdown. Lines flow together, but for
 * examples, which are indented, and for words that are explained, each followed by a gap and its
 * explanation.
 */
final class CommentText {
  private static final Pattern EXPLAINED = Pattern.compile("( ?(?:[A-Z].*: )?)(\\S+) {2,}(\\S.*)");
  private static final Pattern EXAMPLE = Pattern.compile(" {3,}(\\S.*)");

  private final StringBuilder text = new StringBuilder();
  private boolean afterExplained;
  private boolean startsLine;

  private CommentText() {}

  static String of(List<String> lines) {
    CommentText comment = new CommentText();
    lines.forEach(comment::add);
    return comment.text.toString();
  }

  private void add(String line) {
    Matcher example = EXAMPLE.matcher(line);
    boolean isExample = example.matches();
    Matcher explained = EXPLAINED.matcher(isExample && afterExplained ? " " + line.strip() : line);
    if (explained.matches() && !explained.group(2).isEmpty()) {
      addFlowing(explained.group(1).strip());
      lineBreak();
      text.append("`%s` – %s".formatted(explained.group(2), escaped(explained.group(3))));
      afterExplained = true;
      startsLine = false;
    } else if (isExample && !afterExplained) {
      lineBreak();
      text.append("`%s`".formatted(example.group(1).replace("|", "\\|")));
      startsLine = true;
    } else {
      startsLine |= afterExplained && !isExample;
      afterExplained &= isExample;
      addFlowing(line.strip());
    }
  }

  private void addFlowing(String words) {
    if (words.isEmpty()) {
      return;
    }
    if (startsLine) {
      lineBreak();
      startsLine = false;
    } else if (text.length() > 0) {
      text.append(' ');
    }
    text.append(escaped(words));
  }

  private void lineBreak() {
    if (text.length() > 0) {
      text.append("<br>");
    }
  }

  private static String escaped(String words) {
    return words
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("|", "\\|")
        .replace("*", "\\*")
        .replace("_", "\\_");
  }
}
