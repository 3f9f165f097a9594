package org.modelzoo.boosting;

import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.modelzoo.config.Method;

/**
 * The tasks of one member-to-be. Made on the driver, sent to executors.
 *
 * @param round 0-based
 * @param member 0-based within the round
 * @param tasks ids of the tasks, which is the order of the member's heads: of a zoo, the new task
 *     first, then the others in the order drawn
 * @param newTask the task that arrives with this round in continual mode, whose images are all
 *     used; empty in every other mode
 */
public record MemberTasks(int round, int member, List<Integer> tasks, OptionalInt newTask)
    implements Serializable {
  public MemberTasks {
    tasks = List.copyOf(tasks);
  }

  /** Names the member within its run, and its files: {@code round-003-member-01}. */
  public String id() {
    return id(round, member);
  }

  private static String id(int round, int member) {
    return String.format(Locale.ROOT, "round-%03d-member-%02d", round, member);
  }

  /** The id of the member whose network this one continues: of sequential methods, the last one. */
  public Optional<String> continued(Method method) {
    return method.isSequential() && round > 0
        ? Optional.of(id(round - 1, member))
        : Optional.empty();
  }

  /** OptionalInt is not serialisable, so a plain form goes over the wire. */
  @Serial
  private Object writeReplace() {
    return new Plain(round, member, tasks, newTask.orElse(Plain.NONE));
  }

  private record Plain(int round, int member, List<Integer> tasks, int newTask)
      implements Serializable {
    static final int NONE = -1;

    @Serial
    private Object readResolve() {
      return new MemberTasks(
          round, member, tasks, newTask == NONE ? OptionalInt.empty() : OptionalInt.of(newTask));
    }
  }
}
