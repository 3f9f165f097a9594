package org.modelzoo.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.network.NativeBackends.Found;
import org.nd4j.common.io.Resource;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4jBackend;

class NativeBackendsTest {
  private static final Nd4jBackend USABLE = new MadeUpBackend(() -> true);
  private static final Nd4jBackend BROKEN =
      new MadeUpBackend(
          () -> {
            throw new IllegalStateException(new UnsatisfiedLinkError("libcuda.so.1: not there"));
          });

  @Test
  void theOneForProcessorsCanBeUsedHere() {
    NativeBackends.require();
    assertThat(NativeBackends.unusable()).isEmpty();
  }

  @Test
  void oneThatCanBeUsedIsEnoughAndTheOtherSaysWhyItCanNot() {
    Found found = Found.among(List.of(BROKEN, USABLE));

    found.require();
    assertThat(found.unusable()).containsExactly("MadeUpBackend: libcuda.so.1: not there");
  }

  @Test
  void withoutAnyThatCanBeUsedTheReasonIsTheError() {
    assertThatThrownBy(() -> Found.among(List.of(BROKEN)).require())
        .isInstanceOfSatisfying(
            ModelZooException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CLUSTER))
        .hasMessageContaining("MadeUpBackend: libcuda.so.1: not there")
        .hasMessageContaining("mvn -Pcuda package");
    assertThatThrownBy(() -> Found.among(List.of()).require())
        .hasMessageContaining("no backend of ND4J on the class path");
  }

  /** A backend of which nothing but its availability is asked. */
  private static final class MadeUpBackend extends Nd4jBackend {
    private final BooleanSupplier available;

    MadeUpBackend(BooleanSupplier available) {
      this.available = available;
    }

    @Override
    public boolean isAvailable() {
      return available.getAsBoolean();
    }

    @Override
    public int getPriority() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean canRun() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean allowsOrder() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Resource getConfigurationResource() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Class<?> getNDArrayClass() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Environment getEnvironment() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String buildInfo() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void logBackendInit() {
      throw new UnsupportedOperationException();
    }
  }
}
