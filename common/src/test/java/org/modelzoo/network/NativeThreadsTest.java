package org.modelzoo.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class NativeThreadsTest {
  @Test
  void limitReachesTheBlasLibraryToo() {
    NativeThreads.use(1);

    assertThat(Nd4j.factory().blas().getMaxThreads()).isEqualTo(1);
    assertThat(Nd4j.getEnvironment().maxThreads()).isEqualTo(1);
  }
}
