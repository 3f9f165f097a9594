package org.modelzoo.spark.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

class CardNumberTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 1, 0",
    "3, 3, 1, 0",
    "2, 2 3, 2, 0",
    "3, 3 2, 2, 1",
    "10, 9 10, 2, 1",
    "GPU-b, GPU-a GPU-b, 2, 1"
  })
  void aProcessThatSeesJustItsCardsCountsThemFromZero(
      String address, String ofExecutor, int visible, int device) {
    assertThat(CardNumber.of(address, List.of(ofExecutor.split(" ")), visible)).isEqualTo(device);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 4, 1", "3, 2 3, 4, 3", "0, 0 1, 8, 0"})
  void aProcessThatSeesAllCardsOfTheHostCountsAsSparkDoes(
      String address, String ofExecutor, int visible, int device) {
    assertThat(CardNumber.of(address, List.of(ofExecutor.split(" ")), visible)).isEqualTo(device);
  }

  @ParameterizedTest
  @CsvSource({"3, 2 3, 1", "GPU-a, GPU-a, 4", "0, 0, 0"})
  void aCardThatCanNotBeToldApartIsRefused(String address, String ofExecutor, int visible) {
    assertThatThrownBy(() -> CardNumber.of(address, List.of(ofExecutor.split(" ")), visible))
        .isInstanceOfSatisfying(
            ModelZooException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CLUSTER))
        .hasMessageContaining("card " + address)
        .hasMessageContaining("CUDA_VISIBLE_DEVICES");
  }
}
