package org.modelzoo.zoo;

import java.io.IOException;
import java.util.List;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.TaskConfig;
import org.modelzoo.network.ModelFile;
import org.modelzoo.run.Round;
import org.modelzoo.run.RunHistory;
import org.modelzoo.store.MemberStore;
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
    List<ZooManifest.Member> members =
        RunHistory.read(run).ensembleMembers().stream()
            .map(member -> member(member, config))
            .toList();
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

  private static ZooManifest.Task task(TaskConfig task, RunIdentity identity) {
    return new ZooManifest.Task(
        task.name(), task.classes().stream().map(identity::className).toList());
  }

  private ZooManifest.Member member(Round.Member member, ModelZooConfig config) {
    List<ZooManifest.Head> heads =
        member.tasks().stream()
            .map(task -> new ZooManifest.Head(task, member.weight(task)))
            .toList();
    return new ZooManifest.Member(
        member.id(), config.network(), heads, store.outcome(member.id()).modelSha256());
  }

  @Override
  public void models(ZooManifest manifest, ModelVisitor visitor) {
    for (ZooManifest.Member member : manifest.members()) {
      byte[] model =
          store.model(
              member.id(), member.modelSha256(), ModelFile.mostBytes(manifest.network(member)));
      try {
        Interruption.check();
        visitor.visit(member, store.modelFile(member.id()).toString(), model);
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
