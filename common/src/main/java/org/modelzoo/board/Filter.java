package org.modelzoo.board;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.base.NearestName;

/**
 * Which entries to show: terms with spaces between, which all must hold. A bare word is looked for
 * in names and places; {@code KEY OP VALUE}, without spaces, compares a column or a configuration
 * key, numbers as numbers.
 */
public final class Filter implements Predicate<IndexedEntry> {
  private static final int LONGEST = 1000;
  private static final Pattern COMPARISON = Pattern.compile("([^=!<>~]*)(!=|<=|>=|=|<|>|~)(.*)");
  private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_.\\[\\]-]*");

  private final List<Predicate<IndexedEntry>> terms;

  private Filter(List<Predicate<IndexedEntry>> terms) {
    this.terms = terms;
  }

  /**
   * Reads a filter; an empty text lets everything through.
   *
   * @throws ModelZooException (configuration) saying what can't be read
   */
  public static Filter of(String text) {
    if (text.length() > LONGEST) {
      throw wrong(
          "a filter of %d characters; the longest has %d".formatted(text.length(), LONGEST));
    }
    List<Predicate<IndexedEntry>> terms = new ArrayList<>();
    for (String term : text.strip().split("\\s+", -1)) {
      if (!term.isEmpty()) {
        terms.add(term(term));
      }
    }
    return new Filter(terms);
  }

  private static Predicate<IndexedEntry> term(String term) {
    Matcher comparison = COMPARISON.matcher(term);
    if (!comparison.matches()) {
      String word = term.toLowerCase(Locale.ROOT);
      return entry -> entry.mentions(word);
    }
    String key = comparison.group(1);
    String value = comparison.group(3);
    if (!KEY.matcher(key).matches() || value.isEmpty()) {
      throw wrong(
          "\"%s\": a comparison is KEY OP VALUE without spaces, such as accuracy>0.6 or training.learning-rate<0.01"
              .formatted(term));
    }
    if (!EntryFields.has(key) && key.indexOf('.') < 0) {
      throw wrong(
          "\"%s\": there is no column \"%s\"; %s, and configuration keys have dots, such as training.epochs"
              .formatted(
                  term,
                  key,
                  NearestName.among(EntryFields.names(), key)
                      .map("did you mean %s?"::formatted)
                      .orElse("columns are " + String.join(", ", EntryFields.names()))));
    }
    return comparison(key, comparison.group(2), value, term);
  }

  private static Predicate<IndexedEntry> comparison(
      String key, String operator, String value, String term) {
    Double number = number(value);
    return switch (operator) {
      case "=" -> entry -> isEqual(entry.value(key), value, number);
      case "!=" -> entry -> !isEqual(entry.value(key), value, number);
      case "~" -> {
        String part = value.toLowerCase(Locale.ROOT);
        yield entry ->
            entry.value(key) != null
                && entry.value(key).toString().toLowerCase(Locale.ROOT).contains(part);
      }
      default -> {
        if (number == null) {
          throw wrong(
              "\"%s\": %s compares numbers, and \"%s\" is not a number"
                  .formatted(term, operator, value));
        }
        yield entry -> {
          Double actual = number(entry.value(key));
          return actual != null && holds(Double.compare(actual, number), operator);
        };
      }
    };
  }

  private static boolean holds(int comparison, String operator) {
    return switch (operator) {
      case "<" -> comparison < 0;
      case "<=" -> comparison <= 0;
      case ">" -> comparison > 0;
      default -> comparison >= 0;
    };
  }

  private static boolean isEqual(Object actual, String value, Double number) {
    if (actual == null) {
      return false;
    }
    Double actualNumber = number == null ? null : number(actual);
    return actualNumber == null
        ? actual.toString().equalsIgnoreCase(value)
        : actualNumber.doubleValue() == number;
  }

  private static Double number(Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value == null || value.toString().isEmpty() || !isNumberLike(value.toString())) {
      return null;
    }
    try {
      return Double.valueOf(value.toString());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** An exception for each of thousands of words would take long. */
  private static boolean isNumberLike(String text) {
    char first = text.charAt(0);
    char last = text.charAt(text.length() - 1);
    return (first == '-' || first == '+' || first == '.' || (first >= '0' && first <= '9'))
        && ((last >= '0' && last <= '9') || last == '.');
  }

  private static ModelZooException wrong(String finding) {
    return new ModelZooException(
        ErrorKind.CONFIGURATION, "this filter can't be read: " + finding + "; correct it");
  }

  @Override
  public boolean test(IndexedEntry entry) {
    for (Predicate<IndexedEntry> term : terms) {
      if (!term.test(entry)) {
        return false;
      }
    }
    return true;
  }
}
