package org.modelzoo.spark.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.SourceConfig;
import org.modelzoo.config.SweepConfig;
import org.modelzoo.config.SweepLoader;
import org.modelzoo.report.sweep.SweepFile;
import org.modelzoo.report.sweep.SweepReport;
import org.modelzoo.spark.job.RunDirectories;
import org.modelzoo.spark.job.sweep.SweepJob;
import org.modelzoo.spark.job.sweep.SweepJob.Failed;
import org.modelzoo.store.RunDirectory;

/**
 * A sweep of many small experiments on a local disk: its plan before anything is trained, and once
 * all are finished its plan again, its results as files and table, and its report. The training
 * between, which invents its members, is not counted.
 */
public final class SweepScale implements ScaleMeasurement {
  private static final int REPETITIONS = 5;

  private final CaseSize size;

  /**
   * A measurement.
   *
   * @param experiments of the sweep, five of each setting
   */
  public SweepScale(int experiments) {
    this.size = CaseSize.of("experiments", experiments);
  }

  @Override
  public String name() {
    return "sweep";
  }

  @Override
  public CaseSize size() {
    return size;
  }

  @Override
  public List<Axis> axes() {
    return List.of(new Axis("experiments", REPETITIONS));
  }

  @Override
  public Cost measure(CaseSize size) {
    int experiments = size.get("experiments");
    try (TemporaryDirectory directory = new TemporaryDirectory();
        HeapWatch heap = HeapWatch.afterCollection()) {
      Configuration hadoop = new Configuration();
      long started = System.nanoTime();
      SweepConfig sweep = config(experiments, directory.path());
      RunDirectory place = RunDirectories.of(sweep, hadoop);
      SweepJob job = SweepJob.of(sweep, hadoop, "", Failed.SKIP);
      requireText(job.plan().text(), experiments, " experiments to do");
      long planned = System.nanoTime();
      train(job, hadoop);
      long trained = System.nanoTime();
      SweepConfig again = config(experiments, directory.path());
      SweepJob finished = SweepJob.of(again, hadoop, "", Failed.SKIP);
      requireText(finished.plan().text(), 0, " of");
      if (!finished.isFinished()) {
        throw new IllegalStateException("the sweep is not finished");
      }
      requireText(finished.results(), REPETITIONS, "");
      SweepReport.of(place, SweepFile.of(again));
      double seconds = (planned - started + System.nanoTime() - trained) / 1e9;
      return new Cost(seconds, Optional.empty(), heap.mostMegabytes());
    }
  }

  private static void train(SweepJob job, Configuration hadoop) {
    ModelZooConfig first = job.config();
    InventedPredictions predictions =
        new InventedPredictions(
            (SourceConfig.Synthetic) first.data().set().source(),
            first.data().set().tasks().size());
    try (job) {
      job.open(event -> {});
      job.run(new StoringFarm(predictions, hadoop), event -> {});
    }
  }

  private static void requireText(String text, int number, String noun) {
    if (!text.contains(number + noun)) {
      throw new IllegalStateException("another sweep: " + text);
    }
  }

  private static SweepConfig config(int experiments, Path directory) {
    int settings = (experiments + REPETITIONS - 1) / REPETITIONS;
    String rates =
        IntStream.rangeClosed(1, settings)
            .mapToObj(i -> Double.toString(i * 1e-5))
            .collect(Collectors.joining(","));
    return SweepLoader.load(
        List.of(),
        List.of(
            "experiment.method=multi-head",
            "data.set.name=scale",
            "data.set.source.format=synthetic",
            "data.set.source.families=1",
            "data.set.source.tasks-per-family=2",
            "data.set.source.train-images-per-class=10",
            "data.set.source.test-images-per-class=5",
            "data.validation-share=0",
            "sweep.name=scale",
            "sweep.axes=[{ name = rate, key = training.learning-rate, values = ["
                + rates
                + "] },"
                + "{ name = seed, key = experiment.seed, repeats = true, values = [1,2,3,4,5] }]",
            "output.directory=\"" + directory.toUri() + "\""));
  }

  @Override
  public String target() {
    return "below 20 s";
  }

  @Override
  public boolean met(Cost cost) {
    return cost.seconds() < 20;
  }
}
