package org.modelzoo.spark.farm;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Whose turn it is where several jobs share slots: start-time fair queueing (Goyal, Vin and Cheng,
 * 1996). Every job has an account of the time for which its units held slots, divided by its
 * weight; of those that have units waiting, the one with the least is next. A unit is charged an
 * estimate when it starts, the mean of its job's units so far, and what it really took when it
 * ends. So jobs that always have units waiting get slot time in proportion to their weights,
 * however long their units are. Who had nothing to do saved nothing up: it comes back as if it had
 * used what the others have. For one thread at a time.
 */
final class FairShares {
  /** Seconds of the very first unit; any will do, while they are the same for all. */
  private static final double UNKNOWN = 1;

  private final Map<String, Account> accounts = new HashMap<>();
  private final Mean all = new Mean();

  /** The account of the last job whose turn it was, at that time. */
  private double clock;

  /**
   * Opens a job's account.
   *
   * @param weight above 0, in relation to the others'
   */
  void open(String job, int weight) {
    accounts.put(job, new Account(weight, clock));
  }

  /** A job has units waiting that had none. */
  void comesBack(String job) {
    Account account = accounts.get(job);
    account.used = Math.max(account.used, clock);
  }

  /**
   * Chooses among the jobs that have units waiting, the first ones first where they are equal, and
   * charges the unit.
   */
  Turn next(Collection<String> waiting) {
    String job = null;
    for (String other : waiting) {
      if (job == null || accounts.get(other).used < accounts.get(job).used) {
        job = other;
      }
    }
    Account account = accounts.get(job);
    clock = Math.max(clock, account.used);
    double estimate = account.mean.or(all.or(UNKNOWN));
    account.used += estimate / account.weight;
    return new Turn(job, estimate);
  }

  /** The unit of a turn has ended, after it held a slot for so many seconds. */
  void ended(Turn turn, double seconds) {
    Account account = accounts.get(turn.job());
    account.used += (seconds - turn.estimate()) / account.weight;
    account.mean.add(seconds);
    all.add(seconds);
  }

  /**
   * A unit that runs.
   *
   * @param estimate the seconds that its job was charged
   */
  record Turn(String job, double estimate) {}

  private static final class Account {
    private final int weight;
    private final Mean mean = new Mean();
    private double used;

    Account(int weight, double used) {
      this.weight = weight;
      this.used = used;
    }
  }

  private static final class Mean {
    private double sum;
    private long count;

    void add(double value) {
      sum += value;
      count++;
    }

    double or(double none) {
      return count == 0 ? none : sum / count;
    }
  }
}
