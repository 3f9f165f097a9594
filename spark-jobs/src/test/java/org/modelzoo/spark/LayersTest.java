package org.modelzoo.spark;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/** Imports between the rooms go one way. */
@AnalyzeClasses(packages = "org.modelzoo", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {
  @ArchTest
  static final ArchRule rooms =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("org.modelzoo..")
          .layer("base")
          .definedBy("org.modelzoo.base..")
          .layer("config")
          .definedBy("org.modelzoo.config..")
          .layer("metrics")
          .definedBy("org.modelzoo.metrics..")
          .layer("synthetic")
          .definedBy("org.modelzoo.synthetic..")
          .layer("data")
          .definedBy("org.modelzoo.data..")
          .layer("inspection")
          .definedBy("org.modelzoo.inspection..")
          .layer("store")
          .definedBy("org.modelzoo.store..")
          .layer("fetch")
          .definedBy("org.modelzoo.fetch..")
          .layer("network")
          .definedBy("org.modelzoo.network..")
          .layer("training")
          .definedBy("org.modelzoo.training..")
          .layer("boosting")
          .definedBy("org.modelzoo.boosting..")
          .layer("search")
          .definedBy("org.modelzoo.search..")
          .layer("run")
          .definedBy("org.modelzoo.run..")
          .layer("zoo")
          .definedBy("org.modelzoo.zoo..")
          .layer("onnx")
          .definedBy("org.modelzoo.onnx..")
          .layer("report")
          .definedBy("org.modelzoo.report..")
          .layer("board")
          .definedBy("org.modelzoo.board..")
          .layer("benchmark")
          .definedBy("org.modelzoo.benchmark..")
          .layer("spark")
          .definedBy("org.modelzoo.spark..")
          .whereLayer("base")
          .mayNotAccessAnyLayer()
          .whereLayer("config")
          .mayOnlyAccessLayers("base")
          .whereLayer("metrics")
          .mayNotAccessAnyLayer()
          .whereLayer("synthetic")
          .mayOnlyAccessLayers("base", "config")
          .whereLayer("data")
          .mayOnlyAccessLayers("base", "config", "synthetic")
          .whereLayer("inspection")
          .mayOnlyAccessLayers("base", "config", "data")
          .whereLayer("store")
          .mayOnlyAccessLayers("base", "config")
          .whereLayer("fetch")
          .mayOnlyAccessLayers("base", "config", "store")
          .whereLayer("network")
          .mayOnlyAccessLayers("base", "config")
          .whereLayer("training")
          .mayOnlyAccessLayers("base", "config", "data", "network", "store")
          .whereLayer("boosting")
          .mayOnlyAccessLayers("base", "config", "metrics")
          .whereLayer("search")
          .mayOnlyAccessLayers("base", "config", "metrics")
          .whereLayer("run")
          .mayOnlyAccessLayers("base", "config", "metrics", "store", "boosting")
          .whereLayer("zoo")
          .mayOnlyAccessLayers("base", "config", "data", "network", "store", "boosting", "run")
          .whereLayer("onnx")
          .mayOnlyAccessLayers("base", "config", "network", "store", "zoo")
          .whereLayer("report")
          .mayOnlyAccessLayers(
              "base", "config", "data", "boosting", "search", "metrics", "store", "run")
          .whereLayer("board")
          .mayOnlyAccessLayers(
              "base",
              "config",
              "network",
              "boosting",
              "search",
              "metrics",
              "store",
              "run",
              "zoo",
              "report")
          .whereLayer("benchmark")
          .mayOnlyAccessLayers(
              "base", "config", "data", "network", "store", "training", "search", "run", "report");

  @ArchTest
  static final ArchRule sparkRooms =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("org.modelzoo.spark..")
          .layer("cli")
          .definedBy("org.modelzoo.spark.cli..")
          .layer("benchmark")
          .definedBy("org.modelzoo.spark.benchmark..")
          .layer("dataparallel")
          .definedBy("org.modelzoo.spark.dataparallel..")
          .layer("search")
          .definedBy("org.modelzoo.spark.job.search..")
          .layer("sweep")
          .definedBy("org.modelzoo.spark.job.sweep..")
          .layer("use")
          .definedBy("org.modelzoo.spark.job.use..")
          .layer("job")
          .definedBy("org.modelzoo.spark.job")
          .layer("farm")
          .definedBy("org.modelzoo.spark.farm..")
          .layer("progress")
          .definedBy("org.modelzoo.spark.progress..")
          .layer("tracker")
          .definedBy("org.modelzoo.spark.tracker..")
          .layer("session")
          .definedBy("org.modelzoo.spark.session..")
          .layer("event")
          .definedBy("org.modelzoo.spark.event..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("tracker")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("tracker")
          .mayOnlyAccessLayers("event")
          .whereLayer("benchmark")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("dataparallel")
          .mayOnlyBeAccessedByLayers("session")
          .whereLayer("session")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("search")
          .mayOnlyBeAccessedByLayers("cli", "benchmark")
          .whereLayer("sweep")
          .mayOnlyBeAccessedByLayers("cli", "benchmark")
          .whereLayer("use")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("job")
          .mayOnlyBeAccessedByLayers(
              "cli", "session", "benchmark", "dataparallel", "search", "sweep", "use")
          .whereLayer("farm")
          .mayOnlyAccessLayers("event")
          .whereLayer("progress")
          .mayOnlyAccessLayers("event")
          .whereLayer("progress")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("event")
          .mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule productKnowsNoBenchmark =
      ArchRuleDefinition.noClasses()
          .that()
          .resideOutsideOfPackages("org.modelzoo..benchmark..")
          .and(
              DescribedPredicate.not(
                  JavaClass.Predicates.resideInAPackage("org.modelzoo.spark.cli")
                      .and(JavaClass.Predicates.simpleNameStartingWith("Benchmark"))))
          .should()
          .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.modelzoo..benchmark.."));

  @ArchTest
  static final ArchRule boardComputesInOnePlace =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAPackage("org.modelzoo.board..")
          .and()
          .resideOutsideOfPackage("org.modelzoo.board.use..")
          .should()
          .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.modelzoo.network.."));

  @ArchTest
  static final ArchRule commonKnowsNoSpark =
      ArchRuleDefinition.noClasses()
          .that()
          .resideOutsideOfPackage("org.modelzoo.spark..")
          .should()
          .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.apache.spark.."));
}
