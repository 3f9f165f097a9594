package org.modelzoo.network.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.network.PoisonedDeviceException;

class CardFailureTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 79.10 GiB | OUT_OF_MEMORY",
        "CUDA error: out of memory | OUT_OF_MEMORY",
        "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)` | OUT_OF_MEMORY",
        "CUDA error: an illegal memory access was encountered | POISONED",
        "CUDA error: unspecified launch failure | POISONED",
        "CUDA error: device-side assert triggered | POISONED",
        "CUDA error: uncorrectable ECC error encountered | POISONED",
        "cuDNN error: CUDNN_STATUS_EXECUTION_FAILED | POISONED",
        "CUDA error: misaligned address | POISONED",
        "CUDA error: operation not permitted when stream is capturing | OTHER",
        "cuDNN error: CUDNN_STATUS_NOT_SUPPORTED | OTHER",
        "The size of tensor a (3) must match the size of tensor b (4) | OTHER"
      })
  void messagesAreKnown(String message, CardFailure expected) {
    assertThat(CardFailure.of(message)).isEqualTo(expected);
  }

  @Test
  void anErrorWithoutMessageIsNoneOfThem() {
    RuntimeException error = new RuntimeException();
    assertThat(CardFailure.translate(error, 0)).isSameAs(error);
  }

  @Test
  void missingMemoryIsNamedWithTheNextStep() {
    RuntimeException error =
        new RuntimeException("CUDA out of memory. Tried to allocate 512.00 MiB. GPU 1 has ...");
    assertThat(CardFailure.translate(error, 1))
        .isInstanceOfSatisfying(
            ModelZooException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CLUSTER))
        .hasCause(error)
        .hasMessageContaining("card 1 is out of memory: there are no further 512.00 MiB")
        .hasMessageContaining("cluster.gpus-per-member");
    assertThat(CardFailure.translate(new RuntimeException("CUDA error: out of memory"), 0))
        .hasMessageStartingWith("card 0 is out of memory; train fewer members a card");
  }

  @Test
  void aPoisonedCardEndsTheProcess() {
    RuntimeException error =
        new RuntimeException(
            "CUDA error: an illegal memory access was encountered\nCUDA kernel errors might be");
    assertThat(CardFailure.translate(error, 2))
        .isInstanceOf(PoisonedDeviceException.class)
        .hasCause(error)
        .hasMessage(
            "card 2 can't be used by this process any more: CUDA error: an illegal memory access was encountered");
  }
}
