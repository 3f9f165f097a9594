package org.modelzoo.zoo;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.base.NearestName;
import org.modelzoo.config.ImageShape;
import org.modelzoo.config.NetworkConfig;
import org.modelzoo.config.NormalisationConfig;
import org.modelzoo.network.NetworkSpec;
import org.modelzoo.network.Networks;
import org.modelzoo.store.CompactionFile;
import org.modelzoo.store.MemberStore;
import org.modelzoo.store.Sealed;

/**
 * What a saved zoo consists of: {@code zoo.json} of an archive, or the same gathered from a run
 * directory. All of it is checked, since it may come from anywhere: a manifest that exists is one
 * that predictions can be made by. Made on the driver, sent to executors.
 *
 * @param name of the experiment
 * @param softwareVersion of the program that trained it
 * @param image shape of the images
 * @param normalisation how bytes become network input
 * @param tasks by their id, which is their index
 * @param members in the order in which their outputs are added up
 * @param compaction what the zoo is worth in other sizes, where members were left out; otherwise
 *     null
 */
public record ZooManifest(
    int formatVersion,
    String name,
    String softwareVersion,
    ImageShape image,
    NormalisationConfig normalisation,
    List<Task> tasks,
    List<Member> members,
    @JsonInclude(JsonInclude.Include.NON_NULL) CompactionFile compaction)
    implements Sealed, Serializable {
  /** The first one: files of version 1 have no checksum, and these always had. */
  public static final int FORMAT_VERSION = 2;

  private static final int LONGEST_SIDE = 4096;
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  public ZooManifest {
    requireNonNull(name, "name");
    requireNonNull(softwareVersion, "software_version");
    requireNonNull(image, "image");
    requireNonNull(normalisation, "normalisation");
    tasks = List.copyOf(tasks);
    members = List.copyOf(members);
    require(isSide(image.height()) && isSide(image.width()), "images of " + image);
    require(image.channels() == 1 || image.channels() == 3, "images of " + image);
    require(
        Double.isFinite(normalisation.mean())
            && Double.isFinite(normalisation.deviation())
            && normalisation.deviation() > 0,
        "a normalisation by " + normalisation);
    requireDistinct(tasks.stream().map(Task::name).toList(), "task");
    requireDistinct(members.stream().map(Member::id).toList(), "member");
    for (Member member : members) {
      Networks.check(member.network().name(), image);
      for (Head head : member.heads()) {
        require(
            head.task() >= 0 && head.task() < tasks.size(),
            "%s with a head for task %d".formatted(member.id(), head.task()));
      }
    }
  }

  /** A zoo with all members that were trained. */
  ZooManifest(
      int formatVersion,
      String name,
      String softwareVersion,
      ImageShape image,
      NormalisationConfig normalisation,
      List<Task> tasks,
      List<Member> members) {
    this(formatVersion, name, softwareVersion, image, normalisation, tasks, members, null);
  }

  private static boolean isSide(int pixels) {
    return pixels >= 1 && pixels <= LONGEST_SIDE;
  }

  private static void requireDistinct(List<String> names, String kind) {
    Set<String> known = new HashSet<>();
    names.forEach(name -> require(known.add(name), "two %ss named %s".formatted(kind, name)));
  }

  private static void require(boolean right, String finding) {
    if (!right) {
      throw new IllegalArgumentException("no zoo has " + finding);
    }
  }

  /**
   * The id of a task.
   *
   * @throws ModelZooException (configuration) naming the nearest task if there is none of this name
   */
  public int task(String task) {
    List<String> names = tasks.stream().map(Task::name).toList();
    int id = names.indexOf(task);
    if (id < 0) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "zoo %s has no task \"%s\"; %s"
              .formatted(
                  name,
                  task,
                  NearestName.among(names, task)
                      .map("did you mean \"%s\"?"::formatted)
                      .orElse("it has " + String.join(", ", names))));
    }
    return id;
  }

  /**
   * The same zoo with the members that predict a task.
   *
   * @throws ModelZooException (configuration) as {@link #task}; (data) if no member was trained on
   *     it yet
   */
  public ZooManifest of(String task) {
    int id = task(task);
    ZooManifest some = with(member -> member.head(id).isPresent());
    if (some.members().isEmpty()) {
      throw new ModelZooException(
          ErrorKind.DATA,
          "no member of zoo %s was trained on task %s yet; wait for one, or predict another task"
              .formatted(name, task));
    }
    return some;
  }

  /** The network of a member. */
  public NetworkSpec network(Member member) {
    return new NetworkSpec(
        member.network().name(),
        member.network().dropout(),
        image,
        member.heads().stream().map(head -> tasks.get(head.task()).classes().size()).toList());
  }

  /**
   * A rough bound in bytes of what the members hold that predict an image, working memory included.
   *
   * @param most it is not counted further once it is more than this
   */
  public long memoryBytes(long most) {
    long bytes = 0;
    try {
      for (Member member : members) {
        NetworkSpec network = network(member);
        bytes =
            Math.addExact(
                bytes,
                Float.BYTES * Networks.parameterCount(network)
                    + Networks.predictionMemoryBytes(network, 1));
        if (bytes > most) {
          break;
        }
      }
      return bytes;
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE; // No machine holds so many.
    }
  }

  /** The members trained on a task, in their order. */
  public List<Member> membersOf(int task) {
    return members.stream().filter(member -> member.head(task).isPresent()).toList();
  }

  /** The same zoo with some of its members. */
  public ZooManifest with(Predicate<Member> kept) {
    return compacted(members.stream().filter(kept).toList(), compaction);
  }

  /** The same zoo with fewer members, or other weights of theirs. */
  ZooManifest compacted(List<Member> left, CompactionFile sizes) {
    return new ZooManifest(
        formatVersion, name, softwareVersion, image, normalisation, tasks, left, sizes);
  }

  /**
   * A task.
   *
   * @param classes their names, by the label within the task
   */
  public record Task(String name, List<String> classes) implements Serializable {
    public Task {
      requireNonNull(name, "a task's name");
      classes = List.copyOf(classes);
      require(!classes.isEmpty(), "a task without classes, " + name);
      require(classes.size() <= Short.MAX_VALUE, "a task of so many classes, " + name);
    }
  }

  /**
   * A member.
   *
   * @param id names its files too
   * @param heads in the order of the network's outputs
   * @param modelSha256 checksum of its {@code model.zip}
   */
  public record Member(String id, NetworkConfig network, List<Head> heads, String modelSha256)
      implements Serializable {
    public Member {
      require(MemberStore.isId(requireNonNull(id, "a member's id")), "a member " + id);
      requireNonNull(network, "a member's network");
      heads = List.copyOf(heads);
      require(!heads.isEmpty(), id + " without heads");
      require(
          heads.stream().map(Head::task).distinct().count() == heads.size(),
          id + " with two heads for a task");
      require(SHA_256.matcher(modelSha256).matches(), id + " with the checksum " + modelSha256);
    }

    /** Position of a task among the heads; empty where the member was not trained on it. */
    public OptionalInt head(int task) {
      return IntStream.range(0, heads.size())
          .filter(position -> heads.get(position).task() == task)
          .findFirst();
    }

    /** Weight of the member's output in the ensemble of one of its tasks. */
    public double weight(int task) {
      return heads.get(head(task).orElseThrow()).weight();
    }
  }

  /**
   * What a member knows of a task.
   *
   * @param weight of the member's output in the task's ensemble
   */
  public record Head(int task, double weight) implements Serializable {
    public Head {
      require(weight > 0 && Double.isFinite(weight), "a head of weight " + weight);
    }
  }
}
