package org.modelzoo.zoo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.KebabCase;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.boosting.MemberTasks;
import org.modelzoo.boosting.ReplayWeights;
import org.modelzoo.boosting.RoundPlanner;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.Method;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.TaskConfig;
import org.modelzoo.store.MemberStore;
import org.modelzoo.store.RoundFile;
import org.modelzoo.store.RoundStore;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunIdentity;

/** The zoo of a run directory: the members of its committed rounds, also while more are trained. */
final class ZooRun implements SavedZoo {
  private final RunDirectory run;
  private final MemberStore store;

  ZooRun(RunDirectory run) {
    this.run = run;
    this.store = new MemberStore(run);
  }

  @Override
  public String uri() {
    return run.uri();
  }

  @Override
  public ZooManifest manifest() {
    RunIdentity identity =
        run.identity()
            .orElseThrow(
                () ->
                    refused(
                        "there is no zoo in %s: it has no run.json; give the directory of a run, which is inside output.directory and has the name of the experiment"));
    ModelZooConfig config =
        ConfigLoader.parse(run.configuration(), run.path("config.conf").toString()).values();
    List<ZooManifest.Member> members = members(config, method(identity));
    if (members.isEmpty()) {
      throw refused(
          "no round of the run in %s is committed yet; wait for its first round, or give the training command again");
    }
    return new ZooManifest(
        ZooManifest.FORMAT_VERSION,
        config.experiment().name(),
        identity.softwareVersion(),
        config.data().set().source().shape(),
        config.data().normalisation(),
        config.data().set().tasks().stream().map(task -> task(task, identity)).toList(),
        members);
  }

  private Method method(RunIdentity identity) {
    return Arrays.stream(Method.values())
        .filter(method -> KebabCase.of(method).equals(identity.method()))
        .findFirst()
        .orElseThrow(
            () ->
                refused(
                    "the run in %s was trained by a method that this program doesn't know; use the program that trained it"));
  }

  private static ZooManifest.Task task(TaskConfig task, RunIdentity identity) {
    return new ZooManifest.Task(
        task.name(), task.classes().stream().map(identity::className).toList());
  }

  /** In the order in which the run itself adds them up. */
  private List<ZooManifest.Member> members(ModelZooConfig config, Method method) {
    RoundPlanner planner =
        new RoundPlanner(
            method, config.zoo(), config.data().set().tasks().size(), config.experiment().seed());
    ReplayWeights weights = ReplayWeights.of(method, config.zoo());
    RoundStore rounds = new RoundStore(run);
    List<ZooManifest.Member> members = new ArrayList<>();
    for (int round = 0; round < planner.rounds(); round++) {
      Optional<RoundFile> committed = rounds.committed(round);
      if (committed.isEmpty()) {
        break;
      }
      List<RoundFile.Member> trained = committed.get().members();
      for (int i = 0; i < trained.size(); i++) {
        if (!trained.get(i).diverged()) {
          members.add(
              member(
                  trained.get(i).id(),
                  new MemberTasks(round, i, trained.get(i).tasks(), planner.newTask(round)),
                  config,
                  weights));
        }
      }
    }
    return members;
  }

  private ZooManifest.Member member(
      String id, MemberTasks tasks, ModelZooConfig config, ReplayWeights weights) {
    List<ZooManifest.Head> heads =
        tasks.tasks().stream()
            .map(task -> new ZooManifest.Head(task, weights.of(tasks, task)))
            .toList();
    return new ZooManifest.Member(id, config.network(), heads, store.outcome(id).modelSha256());
  }

  @Override
  public void models(List<ZooManifest.Member> members, ModelVisitor visitor) {
    for (ZooManifest.Member member : members) {
      byte[] model = store.model(member.id(), member.modelSha256());
      try {
        visitor.visit(member, run.path("members/" + member.id() + "/model.zip").toString(), model);
      } catch (IOException e) {
        throw new ModelZooException(
            ErrorKind.CLUSTER,
            "can't read %s of %s: %s".formatted(member.id(), run.location(), e.getMessage()),
            e);
      }
    }
  }

  private ModelZooException refused(String message) {
    return new ModelZooException(ErrorKind.DATA, message.formatted(run.location()));
  }
}
