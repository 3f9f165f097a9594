package org.modelzoo.spark.farm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The graphics cards of this process in local mode, where Spark hands out none: tasks take them as
 * Spark would give them, whole ones or parts of one, and give them back when they end. Thread-safe.
 */
public final class LocalCards {
  /** Threads, and attempts of a task with the comma before them. */
  private static final Pattern MASTER = Pattern.compile("local(?:\\[(\\*|[0-9]+)(,[0-9]+)?])?");

  private static final String CARDS = "spark.modelzoo.local.cards";
  private static final String OF_TASK = "spark.modelzoo.local.cardsOfTask";

  private static String application;
  private static LocalCards ofApplication;

  /** Tasks that share a card; 1 where a task has cards of its own. */
  private final int tasksOfCard;

  private final int cardsOfTask;

  /** Tasks on each card, by its number. */
  private final int[] tasks;

  private final Map<Long, List<Integer>> taken = new HashMap<>();

  /**
   * @param cards that the process sees
   * @param ofTask 1/n or a whole number
   */
  LocalCards(int cards, double ofTask) {
    this.tasks = new int[cards];
    this.tasksOfCard = ofTask < 1 ? (int) Math.floor(1 / ofTask) : 1;
    this.cardsOfTask = (int) Math.ceil(ofTask);
  }

  /**
   * Makes the tasks of an application with a local master take cards, and leaves the master no more
   * cores than they can use: a task that waited for a card would hold its slot meanwhile.
   */
  public static void add(SparkConf conf, int cards, double ofTask) {
    int cores = new LocalCards(cards, ofTask).slots() * conf.getInt("spark.task.cpus", 1);
    conf.set(CARDS, Integer.toString(cards))
        .set(OF_TASK, Double.toString(ofTask))
        .setMaster(atMost(cores, conf.get("spark.master")));
  }

  private static String atMost(int cores, String master) {
    Matcher local = MASTER.matcher(master);
    if (!local.matches()) {
      throw new IllegalArgumentException(master + " is not a local master");
    }
    String given = local.group(1) == null ? "1" : local.group(1);
    int threads =
        given.equals("*") ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(given);
    return threads <= cores
        ? master
        : "local[%d%s]".formatted(cores, local.group(2) == null ? "" : local.group(2));
  }

  /** Those of the application with these settings, if its tasks take any here. */
  public static synchronized Optional<LocalCards> of(SparkConf conf) {
    if (!conf.contains(CARDS)) {
      return Optional.empty();
    }
    String id = conf.get("spark.app.id");
    if (!id.equals(application)) {
      application = id;
      ofApplication = new LocalCards(conf.getInt(CARDS, 0), conf.getDouble(OF_TASK, 1));
    }
    return Optional.of(ofApplication);
  }

  /** Tasks that can have cards at the same time. */
  int slots() {
    return tasks.length / cardsOfTask * tasksOfCard;
  }

  /** Addresses of all cards, as Spark's discovery would name them. */
  List<String> addresses() {
    return addresses(IntStream.range(0, tasks.length).boxed().toList());
  }

  /** The addresses of a task's cards, until it ends; waits while all are taken. */
  List<String> take(TaskContext task) {
    List<String> given;
    try {
      given = take(task.taskAttemptId());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a graphics card", e);
    }
    TaskCompletionListener ending = ended -> giveBack(ended.taskAttemptId());
    task.addTaskCompletionListener(ending);
    return given;
  }

  synchronized List<String> take(long task) throws InterruptedException {
    while (!taken.containsKey(task)) {
      List<Integer> free = free();
      if (free.size() < cardsOfTask) {
        wait();
        continue;
      }
      List<Integer> given = List.copyOf(free.subList(0, cardsOfTask));
      given.forEach(card -> tasks[card]++);
      taken.put(task, given);
    }
    return addresses(taken.get(task));
  }

  /** Those with room, the emptiest first. */
  private List<Integer> free() {
    List<Integer> free = new ArrayList<>();
    for (int card = 0; card < tasks.length; card++) {
      if (tasks[card] < tasksOfCard) {
        free.add(card);
      }
    }
    free.sort(Comparator.comparingInt(card -> tasks[card]));
    return free;
  }

  synchronized void giveBack(long task) {
    List<Integer> given = taken.remove(task);
    if (given != null) {
      given.forEach(card -> tasks[card]--);
      notifyAll();
    }
  }

  private static List<String> addresses(List<Integer> cards) {
    return cards.stream().map(String::valueOf).toList();
  }
}
