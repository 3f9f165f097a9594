package org.modelzoo.zoo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.boosting.Score;
import org.modelzoo.boosting.compaction.Budget;
import org.modelzoo.boosting.compaction.CompactionCurve;
import org.modelzoo.boosting.compaction.ZooSize;
import org.modelzoo.store.CompactionFile;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RunDirectory;

/**
 * A run's zoo in all sizes, from the predictions that its members stored; no network runs. Lives on
 * the driver.
 */
public final class CompactedZoo {
  private final ZooManifest manifest;
  private final Split split;
  private final StoredOutputs outputs;
  private final CompactionCurve curve;

  /**
   * Reads all members and computes the sizes.
   *
   * @param manifest of the run
   * @param split whose images choose members and weights: not the test images
   * @throws ModelZooException (data) if no predictions are stored for them, or a member is damaged
   */
  public CompactedZoo(RunDirectory run, ZooManifest manifest, Split split) {
    if (split == Split.TEST) {
      throw new IllegalArgumentException("test images choose nothing");
    }
    this.manifest = manifest;
    this.split = split;
    this.outputs = StoredOutputs.read(run, manifest, split);
    this.curve = CompactionCurve.of(outputs.chooseBy(), outputs.test(), outputs.bytes());
  }

  /** The sizes in numbers, of which one was chosen. */
  private CompactionFile file(ZooSize chosen) {
    List<CompactionFile.Size> sizes = new ArrayList<>();
    for (int i = 0; i < curve.sizes().size(); i++) {
      ZooSize size = curve.sizes().get(i);
      sizes.add(
          new CompactionFile.Size(
              size.members().size(),
              i == 0 ? null : gone(curve.sizes().get(i - 1), size),
              size.bytes(),
              size.mostMembersOfTask(),
              quality(size.chosenOn(), size.averagedOn()),
              quality(size.test(), size.averagedTest())));
    }
    return new CompactionFile(
        CompactionFile.FORMAT_VERSION,
        split == Split.TRAIN ? "training" : "validation",
        chosen.members().size(),
        sizes);
  }

  private String gone(ZooSize before, ZooSize size) {
    TreeSet<Integer> gone = new TreeSet<>(before.members());
    gone.removeAll(size.members());
    return manifest.members().get(gone.first()).id();
  }

  private static CompactionFile.Quality quality(Score weighted, Score averaged) {
    return new CompactionFile.Quality(
        weighted.accuracy(), weighted.loss(), averaged.accuracy(), averaged.loss());
  }

  /**
   * The zoo in the chosen size, its weights fitted, and all sizes in numbers.
   *
   * @param budget where there is one: the most accurate zoo within it, otherwise the smallest that
   *     is as accurate as the whole one
   * @throws ModelZooException (configuration) if no size is within the budget
   */
  public ZooManifest manifest(Optional<Budget> budget) {
    ZooSize size =
        budget.isEmpty()
            ? curve.smallestAsGood()
            : curve.best(budget.get()).orElseThrow(() -> tooSmall(curve.smallest()));
    List<ZooManifest.Member> members = new ArrayList<>();
    for (int member : size.members()) {
      members.add(weighted(member, size));
    }
    return manifest.compacted(members, file(size));
  }

  private ZooManifest.Member weighted(int number, ZooSize size) {
    ZooManifest.Member member = manifest.members().get(number);
    List<ZooManifest.Head> heads = new ArrayList<>();
    for (ZooManifest.Head head : member.heads()) {
      SortedMap<Integer, Double> weights = size.weights().get(outputs.tasks().indexOf(head.task()));
      heads.add(new ZooManifest.Head(head.task(), weights.get(number)));
    }
    return new ZooManifest.Member(member.id(), member.network(), heads, member.modelSha256());
  }

  private static ModelZooException tooSmall(ZooSize smallest) {
    return new ModelZooException(
        ErrorKind.CONFIGURATION,
        "no zoo is within the budget: the smallest one in which every task keeps a member has %d members, %.1f MB, and up to %d members for a task; raise the budget"
            .formatted(
                smallest.members().size(), smallest.bytes() / 1e6, smallest.mostMembersOfTask()));
  }
}
