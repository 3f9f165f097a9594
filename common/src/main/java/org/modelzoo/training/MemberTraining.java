package org.modelzoo.training;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.modelzoo.config.ErrorKind;
import org.modelzoo.config.ModelZooException;
import org.modelzoo.config.Seeds;
import org.modelzoo.data.LabelledImages;
import org.modelzoo.data.Replay;
import org.modelzoo.data.TaskImages;
import org.modelzoo.data.TaskLoader;
import org.modelzoo.network.ModelFile;
import org.modelzoo.network.Networks;
import org.modelzoo.store.MemberFile;
import org.modelzoo.store.MemberStore;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.RunDirectory;

/**
 * Trains one member from its plan to its committed files. Runs on an executor; can run twice
 * without harm.
 */
public final class MemberTraining {
  /** Images predicted at once; more are no faster and take memory in every layer. */
  public static final int EVALUATION_BATCH = 64;

  private static final String OUT_OF_MEMORY =
      "training ran out of memory: %s; raise spark.executor.memory (images) or spark.executor.memoryOverhead (network), in local mode --driver-memory, or lower training.batch-size or cluster.members-at-once";

  private final MemberPlan plan;
  private final RunDirectory run;
  private final Configuration hadoop;

  public MemberTraining(MemberPlan plan, RunDirectory run, Configuration hadoop) {
    this.plan = plan;
    this.run = run;
    this.hadoop = hadoop;
  }

  /** Trains, evaluates and commits; every exception becomes an outcome. */
  public MemberOutcome run(MemberListener listener, BooleanSupplier cancelled) {
    try {
      return train(listener, cancelled);
    } catch (ModelZooException e) {
      return new MemberOutcome.Failed(e.kind(), e.getMessage(), trace(e));
    } catch (CancellationException e) {
      return new MemberOutcome.Cancelled();
    } catch (IOException e) {
      if (interrupted(e)) {
        return new MemberOutcome.Cancelled();
      }
      return new MemberOutcome.Failed(
          ErrorKind.CLUSTER,
          "can't read or write the run directory %s: %s; check that it has room and that executors may read and write it"
              .formatted(run.location(), e.getMessage()),
          trace(e));
    } catch (OutOfMemoryError e) {
      return new MemberOutcome.Failed(ErrorKind.CLUSTER, OUT_OF_MEMORY.formatted(e), trace(e));
    } catch (RuntimeException e) {
      return new MemberOutcome.Failed(
          ErrorKind.BUG, "this is a bug: " + e + "; report it with --stacktrace", trace(e));
    }
  }

  private MemberOutcome train(MemberListener listener, BooleanSupplier cancelled)
      throws IOException {
    MemberStore store = new MemberStore(run);
    List<String> remarks = new ArrayList<>();
    Checkpoints checkpoints = new Checkpoints(run, plan, remarks::add);
    MemberStore.Found found = store.find(plan.id(), plan.seed(), plan.tasks());
    if (found.member().isPresent()) {
      checkpoints.delete();
      return new MemberOutcome.Completed(List.of());
    }
    if (found.damage().isPresent()) {
      remarks.add(found.damage().get() + "; the member was trained again");
      store.discard(plan.id());
    }
    List<TaskImages> tasks = TaskLoader.of(plan.data(), plan.dataSeed(), hadoop).load(plan.tasks());
    ComputationGraph graph =
        Networks.build(plan.networkSpec(), Seeds.derive(plan.seed(), "initialisation"));
    try {
      EpochLoop loop =
          new EpochLoop(plan, graph, trainingImages(tasks), checkpoints, listener, cancelled);
      Optional<MemberOutcome> end = loop.run();
      if (end.isPresent()) {
        return end.get();
      }
      long finishedMillis = System.currentTimeMillis();
      Predictions predictions = new Evaluation(plan, graph).of(tasks);
      if (!predictions.areNumbers()) {
        return loop.divergedAtTheEnd();
      }
      store.commit(
          plan.id(),
          out -> ModelFile.write(graph, out),
          predictions,
          (modelSha256, predictionsSha256) ->
              new MemberFile(
                  MemberFile.FORMAT_VERSION,
                  plan.id(),
                  plan.tasks(),
                  plan.seed(),
                  loop.trainImages(),
                  loop.startedMillis(),
                  finishedMillis,
                  loop.epochs(),
                  modelSha256,
                  predictionsSha256));
    } finally {
      graph.close();
    }
    checkpoints.delete();
    return new MemberOutcome.Completed(remarks);
  }

  private List<LabelledImages> trainingImages(List<TaskImages> tasks) {
    List<LabelledImages> images = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      LabelledImages train = tasks.get(i).train();
      double share = plan.kept().get(i);
      images.add(share < 1 ? Replay.keep(train, share, tasks.size()) : train);
    }
    return images;
  }

  /** Whether the thread was interrupted in the middle of reading or writing. */
  private static boolean interrupted(IOException error) {
    return error instanceof ClosedByInterruptException
        || (error instanceof InterruptedIOException && !(error instanceof SocketTimeoutException));
  }

  private static String trace(Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
