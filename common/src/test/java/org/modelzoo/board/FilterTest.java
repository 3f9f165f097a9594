package org.modelzoo.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

class FilterTest {
  private static final IndexedEntry ENTRY = entry("Digits-7", .625);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "digits",
        "DIGITS small",
        "/runs/",
        "accuracy>0.6",
        "accuracy>=0.625 accuracy<=0.625",
        "state=finished kind=run",
        "state!=failed",
        "seed=7",
        "seed=7.0",
        "training.learning-rate<0.02",
        "training.learning-rate=1e-2",
        "training.schedule~os",
        "name~IGITS",
        "eta!=3"
      })
  void letsThrough(String filter) {
    assertThat(Filter.of(filter).test(ENTRY)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "letters",
        "digits letters",
        "accuracy>0.625",
        "accuracy<0.6 digits",
        "state=failed",
        "eta<3",
        "eta=3",
        "training.learning-rate>0.01",
        "training.unknown=1",
        "training.schedule>1",
        "name~letters"
      })
  void keepsOut(String filter) {
    assertThat(Filter.of(filter).test(ENTRY)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {">0.5", "accuracy>", "accuracy>good", "acuracy>0.5", "ac curacy=1 =2", "a b=c<d"})
  void whatCannotBeReadIsAnErrorOfTheUser(String filter) {
    assertThatThrownBy(() -> Filter.of(filter))
        .isInstanceOfSatisfying(
            ModelZooException.class,
            error -> assertThat(error.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessageContaining("this filter can't be read");
  }

  @Test
  void aColumnThatIsNearlyRightIsNamed() {
    assertThatThrownBy(() -> Filter.of("acuracy>0.5"))
        .hasMessageContaining("did you mean accuracy?");
    assertThatThrownBy(() -> Order.of("-acuracy")).hasMessageContaining("did you mean accuracy?");
  }

  @Test
  void whatHasNoValueIsLastInEitherDirection() {
    IndexedEntry none = entry("none", null);
    IndexedEntry low = entry("low", .1);
    IndexedEntry high = entry("high", .9);
    List<IndexedEntry> all = List.of(none, high, low);
    assertThat(all.stream().sorted(Order.of("accuracy"))).containsExactly(low, high, none);
    assertThat(all.stream().sorted(Order.of("-accuracy"))).containsExactly(high, low, none);
  }

  @Test
  void equalConfigurationsAreHeldOnce() {
    Map<String, String> keys = Map.of("a.b", "1", "a.c", "words");
    ConfigKeys one = ConfigKeys.of(new TreeMap<>(keys));
    ConfigKeys other = ConfigKeys.of(new TreeMap<>(keys));
    assertThat(one.value("a.c")).isEqualTo("words").isSameAs(other.value("a.c"));
    assertThat(one.value("a.d")).isNull();
  }

  private static IndexedEntry entry(String name, Double accuracy) {
    return new IndexedEntry(
        new Entry(
            "id-" + name,
            "/runs",
            "/runs/" + name,
            name,
            EntryKind.RUN,
            null,
            0,
            EntryState.FINISHED,
            null,
            new Entry.Subject("zoo", "mnist", "small-conv", "auto", "float32", "cpu", 7L),
            new Entry.Advance(3, 3, "rounds", null),
            new Entry.Results(accuracy, List.of(), null, null, null, null),
            1L,
            2L,
            "ada"),
        ConfigKeys.of(
            new TreeMap<>(
                Map.of("training.learning-rate", "0.01", "training.schedule", "cosine"))));
  }
}
