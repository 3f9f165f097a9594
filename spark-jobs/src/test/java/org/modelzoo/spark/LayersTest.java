package org.modelzoo.spark;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

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
          .layer("config")
          .definedBy("org.modelzoo.config..")
          .layer("data")
          .definedBy("org.modelzoo.data..")
          .layer("store")
          .definedBy("org.modelzoo.store..")
          .layer("fetch")
          .definedBy("org.modelzoo.fetch..")
          .layer("network")
          .definedBy("org.modelzoo.network..")
          .layer("training")
          .definedBy("org.modelzoo.training..")
          .layer("benchmark")
          .definedBy("org.modelzoo.benchmark..")
          .layer("boosting")
          .definedBy("org.modelzoo.boosting..")
          .layer("metrics")
          .definedBy("org.modelzoo.metrics..")
          .layer("search")
          .definedBy("org.modelzoo.search..")
          .layer("zoo")
          .definedBy("org.modelzoo.zoo..")
          .layer("report")
          .definedBy("org.modelzoo.report..")
          .layer("spark")
          .definedBy("org.modelzoo.spark..")
          .whereLayer("config")
          .mayNotAccessAnyLayer()
          .whereLayer("metrics")
          .mayNotAccessAnyLayer()
          .whereLayer("data")
          .mayOnlyAccessLayers("config")
          .whereLayer("store")
          .mayOnlyAccessLayers("config")
          .whereLayer("fetch")
          .mayOnlyAccessLayers("config", "store")
          .whereLayer("network")
          .mayOnlyAccessLayers("config")
          .whereLayer("training")
          .mayOnlyAccessLayers("config", "data", "network", "store")
          .whereLayer("benchmark")
          .mayOnlyAccessLayers("config", "data", "network", "store", "training", "search")
          .whereLayer("boosting")
          .mayOnlyAccessLayers("config", "metrics")
          .whereLayer("search")
          .mayOnlyAccessLayers("config", "metrics")
          .whereLayer("zoo")
          .mayOnlyAccessLayers("config", "data", "network", "store", "boosting")
          .whereLayer("report")
          .mayOnlyAccessLayers("config", "data", "boosting", "search", "metrics", "store");

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
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("tracker")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("benchmark")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("dataparallel")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("search")
          .mayOnlyBeAccessedByLayers("cli", "benchmark")
          .whereLayer("sweep")
          .mayOnlyBeAccessedByLayers("cli", "benchmark")
          .whereLayer("use")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("job")
          .mayOnlyBeAccessedByLayers("cli", "benchmark", "dataparallel", "search", "sweep", "use")
          .whereLayer("farm")
          .mayOnlyAccessLayers("progress")
          .whereLayer("progress")
          .mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule commonKnowsNoSpark =
      ArchRuleDefinition.noClasses()
          .that()
          .resideOutsideOfPackage("org.modelzoo.spark..")
          .should()
          .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.apache.spark.."));
}
