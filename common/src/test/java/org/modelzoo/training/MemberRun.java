package org.modelzoo.training;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.modelzoo.base.StopSignal;
import org.modelzoo.network.ModelFile;
import org.modelzoo.network.NativeThreads;
import org.modelzoo.store.FoundRecord;
import org.modelzoo.store.MemberFile;
import org.modelzoo.store.MemberStore;
import org.modelzoo.store.MemberStore.Member;
import org.modelzoo.store.RunDirectory;

/** Trains a plan into a directory, as an executor does, and looks at what came out. */
final class MemberRun {
  private final Configuration hadoop = new Configuration();
  private final List<MemberProgress> heard = new ArrayList<>();
  private final List<MemberFile.Evaluation> evaluations = new ArrayList<>();
  private final MemberPlan plan;
  private final RunDirectory run;

  MemberRun(MemberPlan plan, java.nio.file.Path directory) {
    this.plan = plan;
    this.run = RunDirectory.at(directory.toString(), hadoop);
  }

  MemberOutcome train() {
    return train(() -> false);
  }

  MemberOutcome train(StopSignal stop) {
    NativeThreads.use(1);
    return new MemberTraining(plan, run, hadoop).run(listener(), stop);
  }

  /** Trains until so many epochs have ended. */
  MemberOutcome trainUntilCancelledAfter(int epochs) {
    return train(() -> heard.stream().anyMatch(progress -> progress.epoch() == epochs));
  }

  private MemberListener listener() {
    return new MemberListener() {
      @Override
      public void progress(MemberProgress progress) {
        heard.add(progress);
      }

      @Override
      public void evaluated(MemberFile.Evaluation evaluation, long images) {
        evaluations.add(evaluation);
      }
    };
  }

  /** Those that were told. */
  List<MemberFile.Evaluation> evaluations() {
    return evaluations;
  }

  List<MemberProgress> heard() {
    return heard;
  }

  FoundRecord<MemberStore.Member> found() throws IOException {
    return new MemberStore(run).find(plan.id());
  }

  Member member() throws IOException {
    return found().record().orElseThrow();
  }

  /** Parameters and running statistics of the stored network. */
  float[] parameters() throws IOException {
    return network().params().toFloatVector();
  }

  ComputationGraph network() throws IOException {
    byte[] model = run.files().read(run.path("members/" + plan.id() + "/model.zip"));
    return ModelFile.read(new ByteArrayInputStream(model));
  }

  List<String> checkpoints() throws IOException {
    return run.files().list(run.path("checkpoints"));
  }

  List<String> members() throws IOException {
    return run.files().list(run.path("members"));
  }
}
