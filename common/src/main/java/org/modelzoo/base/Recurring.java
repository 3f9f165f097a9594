package org.modelzoo.base;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A task that is run again and again, by a scheduled executor or a thread of its own, which would
 * silently end if it threw: this one throws nothing, whatever happens in it, and says each kind of
 * error once. Lives on the driver; one thread at a time.
 */
public final class Recurring implements Runnable {
  private final String name;
  private final Runnable task;
  private final Consumer<String> remarks;
  private final Set<Class<?>> said = new HashSet<>();

  /**
   * A task, not run yet.
   *
   * @param name of the task, for the remark
   * @param remarks hears of errors; may fail itself
   */
  public Recurring(String name, Runnable task, Consumer<String> remarks) {
    this.name = name;
    this.task = task;
    this.remarks = remarks;
  }

  @Override
  public void run() {
    try {
      task.run();
    } catch (Throwable e) { // Errors too, and checked exceptions that Scala doesn't declare.
      say(e);
    }
  }

  private void say(Throwable error) {
    if (said.add(error.getClass())) {
      try {
        remarks.accept("%s failed and is tried again: %s".formatted(name, error));
      } catch (Throwable e) {
        // Who doesn't want to hear it can't stop the task either.
      }
    }
  }
}
