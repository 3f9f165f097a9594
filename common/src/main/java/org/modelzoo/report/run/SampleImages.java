package org.modelzoo.report.run;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.img;
import static j2html.TagCreator.p;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.base.Secrets;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.data.LabelledImages;
import org.modelzoo.data.TaskImages;
import org.modelzoo.report.page.Formats;
import org.modelzoo.report.page.PngImage;
import org.modelzoo.report.page.Section;
import org.modelzoo.run.Ensembles;
import org.modelzoo.run.LabelledEnsemble;
import org.modelzoo.store.Predictions.Split;

/** Test images of each task with what the zoo says of them. */
final class SampleImages implements RunSection {
  /** Images on the page, over all tasks; each is some kilobytes. */
  private static final int MOST = 120;

  private static final int MOST_OF_A_KIND = 6;
  private static final String NOT_ASKED_FOR =
      "No images are embedded here. A run embeds them in its last report, and \"modelzoo report --images\" does at any time, from the data set that the run's configuration names.";

  @Override
  public Optional<Section> of(ReportInput reported) {
    ReportedRun run = reported.run();
    if (run.rounds().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Section(
            "images",
            "Sample images",
            "Test images and what the ensemble says of them: the first it gets right, of each class in turn, and the mistakes it is surest of, with the probability of what it says.",
            content(reported)));
  }

  private static List<DomContent> content(ReportInput reported) {
    ReportedRun run = reported.run();
    if (reported.images().isEmpty()) {
      return List.of(p(NOT_ASKED_FOR));
    }
    if (run.config().isEmpty()) {
      return List.of(p("The configuration can't be read, so nothing tells where the images are."));
    }
    try {
      return tasks(run, run.config().get().values(), reported.images().get());
    } catch (ModelZooException
        | IllegalArgumentException
        | IndexOutOfBoundsException e) { // the latter two where predictions don't fit the tasks
      return List.of(
          p("The images can't be shown: " + Secrets.hiddenIn(String.valueOf(e.getMessage()))));
    }
  }

  private static List<DomContent> tasks(
      ReportedRun run, ModelZooConfig config, IntFunction<TaskImages> images) {
    SortedSet<Integer> trained = trained(run);
    Set<Integer> chosen = trained.stream().limit(MOST / 2).collect(Collectors.toSet());
    Map<Integer, LabelledEnsemble> guesses =
        Ensembles.read(run.directory(), run.history(), chosen, Split.TEST);
    int shown = guesses.size();
    int ofAKind = Math.max(1, Math.min(MOST_OF_A_KIND, MOST / 2 / Math.max(1, shown)));
    List<DomContent> content = new ArrayList<>();
    for (int task : guesses.keySet()) {
      LabelledImages test = images.apply(task).test();
      content.add(h3(run.task(task)));
      if (!Arrays.equals(test.labels(), guesses.get(task).labels())) {
        content.add(p("These are not the images that the run was measured on."));
        continue;
      }
      ImageChoice choice = new ImageChoice(guesses.get(task));
      List<String> classes =
          config.data().set().tasks().get(task).classes().stream()
              .map(run.identity()::className)
              .toList();
      content.add(
          div(
                  pictures(choice.right(ofAKind), test, classes),
                  pictures(choice.wrong(ofAKind), test, classes))
              .withClass("samples"));
    }
    if (chosen.size() < trained.size()) {
      content.add(p("%d further tasks are not shown.".formatted(trained.size() - chosen.size())));
    }
    return content;
  }

  /** Tasks that have a member. */
  private static SortedSet<Integer> trained(ReportedRun run) {
    return run.history().members().stream()
        .flatMap(member -> member.tasks().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static DomContent pictures(
      List<ImageChoice.Image> images, LabelledImages test, List<String> classes) {
    return div(each(images.stream().map(image -> picture(image, test, classes))))
        .withClass("images");
  }

  private static DomContent picture(
      ImageChoice.Image image, LabelledImages test, List<String> classes) {
    String truth = classes.get(image.label());
    String guess = classes.get(image.guess());
    String sure = Formats.decimals(100 * image.probability(), 0) + "\u00a0%";
    String says =
        image.isRight()
            ? "✓ %s · %s".formatted(truth, sure)
            : "✗ %s, is %s · %s".formatted(guess, truth, sure);
    return figure(
            img()
                .withSrc(PngImage.uri(test.pixels(), image.example(), test.shape()))
                .withAlt("Image of class %s".formatted(truth)),
            figcaption(says))
        .withClass(image.isRight() ? "right" : "wrong");
  }
}
