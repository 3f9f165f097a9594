package org.modelzoo.data.pickle;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what Python's {@code pickle.dump} wrote, protocol 2 to 5 (Python's pickletools.py describes
 * every opcode).
 *
 * <p>A pickle is a program that may call any function there is by its name. Here no function is
 * ever looked up: the names by which NumPy's arrays are made are the cases of {@link Maker}, and
 * every other one ends with an error. Strings beyond some length stay where they are, in the file
 * ({@link StoredString}), and all else is limited to a megabyte, so memory is bounded whatever the
 * file claims.
 */
public final class Pickle {
  private static final int OLDEST_PROTOCOL = 2;
  private static final int NEWEST_PROTOCOL = 5;
  private static final int PROTOCOL = 0x80;
  private static final int STOP = '.';

  /** Python's None; collections here hold no null. */
  private static final Object NONE = new Object();

  private final PickleInput in;
  private final List<Object> stack = new ArrayList<>();
  private final Deque<Integer> marks = new ArrayDeque<>();
  private final Map<Long, Object> memo = new HashMap<>();

  private Pickle(InputStream content) {
    this.in = new PickleInput(content);
  }

  /**
   * Reads a dictionary.
   *
   * @param content from its first byte; long strings are skipped
   * @return keys to values, which are {@code Map} with text keys, {@code List}, {@code Long},
   *     {@code Double}, {@code Boolean}, {@link StoredString} and {@link NumpyArray}
   * @throws PickleFormatException if it is none, or holds something else
   * @throws EOFException if it ends early
   */
  public static Map<?, ?> readDictionary(InputStream content) throws IOException {
    return new Pickle(content).read();
  }

  private Map<?, ?> read() throws IOException {
    if (in.unsignedByte() != PROTOCOL) {
      throw new PickleFormatException("it is not a pickle of protocol 2 or later");
    }
    int protocol = in.unsignedByte();
    if (protocol < OLDEST_PROTOCOL || protocol > NEWEST_PROTOCOL) {
      throw new PickleFormatException("it is a pickle of protocol " + protocol + ", not of 2 to 5");
    }
    for (int opcode = in.unsignedByte(); opcode != STOP; opcode = in.unsignedByte()) {
      execute(opcode);
    }
    return Values.as(Map.class, pop(1).get(0), "a dictionary");
  }

  private void execute(int opcode) throws IOException {
    switch (opcode) {
      case 0x95 -> in.number(Long.BYTES); // FRAME, and its length
      case '(' -> marks.push(stack.size());
      case 'N' -> push(NONE);
      case 0x88, 0x89 -> push(opcode == 0x88); // NEWTRUE, NEWFALSE
      case 'K', 'M' -> push(in.number(opcode == 'K' ? 1 : 2)); // BININT1, BININT2
      case 'J' -> push((long) (int) in.number(Integer.BYTES)); // BININT
      case 0x8a -> push(in.signedNumber(in.unsignedByte())); // LONG1
      case 'G' -> push(Double.longBitsToDouble(Long.reverseBytes(in.number(Double.BYTES))));
      case 'U', 'C' -> push(in.bytes(1)); // SHORT_BINSTRING, SHORT_BINBYTES
      case 'T', 'B' -> push(in.bytes(Integer.BYTES)); // BINSTRING, BINBYTES
      case 0x8e, 0x96 -> push(in.bytes(Long.BYTES)); // BINBYTES8, BYTEARRAY8
      case 0x8c -> push(in.text(1)); // SHORT_BINUNICODE
      case 'X' -> push(in.text(Integer.BYTES)); // BINUNICODE
      case 0x8d -> push(in.text(Long.BYTES)); // BINUNICODE8
      case ')' -> push(new Values.Tuple(List.of()));
      case 't' -> push(new Values.Tuple(popToMark()));
      case 0x85, 0x86, 0x87 -> push(new Values.Tuple(pop(opcode - 0x84))); // TUPLE1 to 3
      case ']' -> push(new ArrayList<>());
      case 'a' -> append(pop(1));
      case 'e' -> append(popToMark());
      case '}' -> push(new LinkedHashMap<String, Object>());
      case 's' -> put(pop(2));
      case 'u' -> put(popToMark());
      case 'q', 'r' -> memo.put(in.number(opcode == 'q' ? 1 : Integer.BYTES), top()); // PUT
      case 0x94 -> memo.put((long) memo.size(), top()); // MEMOIZE
      case 'h', 'j' -> push(remembered(in.number(opcode == 'h' ? 1 : Integer.BYTES))); // GET
      case 'c' -> push(Maker.named(in.line(), in.line())); // GLOBAL
      case 0x93 -> pushNamed(pop(2)); // STACK_GLOBAL
      case 'R' -> make(pop(2)); // REDUCE
      case 'b' -> Maker.complete(pop(1).get(0), top()); // BUILD
      default ->
          throw new PickleFormatException(
              "it has the opcode 0x%02x, which plain values do without".formatted(opcode));
    }
  }

  private void pushNamed(List<Object> names) throws PickleFormatException {
    push(Maker.named(Values.text(names.get(0)), Values.text(names.get(1))));
  }

  private void make(List<Object> call) throws PickleFormatException {
    Maker maker = Values.as(Maker.class, call.get(0), "something to call");
    push(maker.make(Values.tuple(call.get(1))));
  }

  @SuppressWarnings("unchecked")
  private void append(List<Object> values) throws PickleFormatException {
    Values.as(List.class, top(), "a list").addAll(values);
  }

  @SuppressWarnings("unchecked")
  private void put(List<Object> keysAndValues) throws PickleFormatException {
    Map<String, Object> map = Values.as(Map.class, top(), "a dictionary");
    if (keysAndValues.size() % 2 != 0) {
      throw new PickleFormatException("it has a key without a value");
    }
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      map.put(Values.text(keysAndValues.get(i)), keysAndValues.get(i + 1));
    }
  }

  private Object remembered(long index) throws PickleFormatException {
    Object value = memo.get(index);
    if (value == null) {
      throw new PickleFormatException("it asks for value " + index + ", which it has not put yet");
    }
    return value;
  }

  private void push(Object value) {
    stack.add(value);
  }

  private Object top() throws PickleFormatException {
    requireOnStack(1);
    return stack.get(stack.size() - 1);
  }

  private List<Object> pop(int count) throws PickleFormatException {
    requireOnStack(count);
    return popFrom(stack.size() - count);
  }

  private List<Object> popToMark() throws PickleFormatException {
    if (marks.isEmpty() || marks.peek() > stack.size()) {
      throw new PickleFormatException("it ends a group that it did not begin");
    }
    return popFrom(marks.pop());
  }

  private List<Object> popFrom(int start) {
    List<Object> top = stack.subList(start, stack.size());
    List<Object> popped = List.copyOf(top);
    top.clear();
    return popped;
  }

  private void requireOnStack(int count) throws PickleFormatException {
    if (stack.size() < count) {
      throw new PickleFormatException("it uses a value that it does not have");
    }
  }
}
