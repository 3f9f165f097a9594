package org.modelzoo.spark.job;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.KebabCase;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.Method;
import org.modelzoo.data.CheckedData;
import org.modelzoo.report.RunSummary;
import org.modelzoo.run.Round;
import org.modelzoo.run.RoundStore;
import org.modelzoo.run.RunHistory;
import org.modelzoo.run.WholeRun;
import org.modelzoo.store.DamagedFileException;
import org.modelzoo.store.FoundRecord;
import org.modelzoo.store.MemberStore;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunIdentity;

/**
 * A finished continual zoo that another run adds tasks to. A continual zoo's round depends on the
 * tasks up to its own and on no later one, so the rounds of the zoo are the first rounds of the
 * run, to the bit; they are copied, and the zoo itself is only read. Runs on the driver.
 */
public final class BaseZoo {
  private final RunDirectory directory;
  private final RunIdentity identity;
  private final int tasks;

  private BaseZoo(RunDirectory directory, RunIdentity identity, int tasks) {
    this.directory = directory;
    this.identity = identity;
    this.tasks = tasks;
  }

  /**
   * Checks that a run can begin with a zoo. Reads all of the zoo's files, and writes nothing.
   *
   * @param config of the run that is to begin with it
   * @param data of that run
   * @throws ModelZooException (configuration) if the zoo was trained otherwise than the run is to
   *     be, (data) if the zoo is not finished, not whole, or was trained on other data
   */
  public static BaseZoo open(
      RunDirectory directory, LoadedConfig config, CheckedData data, Configuration hadoop) {
    RunIdentity identity =
        directory
            .identity()
            .orElseThrow(
                () ->
                    data(
                        "%s holds no zoo: there is no run.json; give --zoo the run directory of a finished continual zoo"
                            .formatted(directory.location())));
    if (!identity.method().equals(KebabCase.of(Method.ZOO))) {
      throw data(
          "%s holds %s training and no zoo; give --zoo the run directory of a finished continual zoo"
              .formatted(directory.location(), identity.method()));
    }
    LoadedConfig own =
        ConfigLoader.parse(directory.configuration(), directory.path("config.conf").toString());
    BaseFit fit = new BaseFit(directory.location(), own, config);
    fit.require();
    String found = fit.dataFingerprint(identity.classNames(), data, hadoop);
    if (!found.equals(identity.dataFingerprint())) {
      throw data(
          "the zoo in %s was trained on other data: its fingerprint is %s, that of %s is %s; give the same files"
              .formatted(
                  directory.location(),
                  identity.dataFingerprint(),
                  config.values().data().directory(),
                  found));
    }
    if (RunOpening.ofRun(config, Method.ZOO, data).startedOtherwise(Optional.of(identity))) {
      throw data(
          "the zoo in %s was trained by a program that started the heads of small-conv with random biases, and this one starts them at zero, as published; add the tasks with that program, or train the zoo again"
              .formatted(directory.location()));
    }
    requireFinished(directory);
    return new BaseZoo(directory, identity, own.values().data().set().tasks().size());
  }

  private static void requireFinished(RunDirectory directory) {
    FoundRecord<RunSummary> summary =
        directory.find("summary.json", RunSummary.class, RunSummary.FORMAT_VERSION);
    Optional<String> damage =
        summary.record().isPresent()
            ? WholeRun.damage(directory, summary.record().get().rounds())
            : Optional.of(summary.damage().orElse("there is no summary.json yet"));
    if (damage.isPresent()) {
      throw data(
          "the zoo in %s is not finished or not whole: %s; give the command that trained it again, which trains what is missing, and then this one"
              .formatted(directory.location(), damage.get()));
    }
  }

  /**
   * Copies the rounds and their members, as far as they are not there yet.
   *
   * @param run that begins with them, opened by its driver
   * @param tasksOfRun how many tasks it has
   * @return what was done, in words
   * @throws ModelZooException (cluster) if a file system fails, (data) if a file was damaged since
   *     {@link #open}
   */
  String copyTo(RunDirectory run, int tasksOfRun) {
    RoundStore to = new RoundStore(run);
    for (Round round : RunHistory.read(directory).rounds()) {
      if (!to.isCommitted(round.round())) {
        copyMembers(round, run);
        to.commit(round.amongTasks(tasksOfRun));
      }
    }
    run.write(
        BaseFile.NAME,
        new BaseFile(
            BaseFile.FORMAT_VERSION, directory.location(), identity.started(), tasks, tasks));
    return "begins with the %d rounds of the zoo in %s".formatted(tasks, directory.location());
  }

  private void copyMembers(Round round, RunDirectory run) {
    MemberStore from = new MemberStore(directory);
    MemberStore to = new MemberStore(run);
    for (Round.Member member : round.trained()) {
      try {
        to.copy(member.id(), from);
      } catch (DamagedFileException e) {
        throw data(e.getMessage() + "; give the same command again");
      } catch (IOException e) {
        throw new ModelZooException(
            ErrorKind.CLUSTER,
            "can't copy %s of %s to %s: %s; check the file system and give the same command"
                .formatted(member.id(), directory.location(), run.location(), e.getMessage()),
            e);
      }
    }
  }

  private static ModelZooException data(String message) {
    return new ModelZooException(ErrorKind.DATA, message);
  }
}
