package org.modelzoo.network.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepRunnerTest {
  private final List<String> calls = new ArrayList<>();

  /** Fails where a call of that name comes. */
  private String failing = "";

  private String message = "CUDA error: operation not permitted when stream is capturing";
  private final StepRunner runner = new StepRunner(() -> Optional.of(new MadeUpRecorder()));

  private final class MadeUpRecorder implements Recorder {
    @Override
    public void begin() {
      call("begin");
    }

    @Override
    public void end() {
      call("end");
    }

    @Override
    public void abandon() {
      call("abandon");
    }

    @Override
    public void replay() {
      call("replay");
    }

    @Override
    public void close() {
      call("close");
    }
  }

  private void call(String name) {
    calls.add(name);
    if (name.equals(failing)) {
      failing = "";
      throw new IllegalStateException(message);
    }
  }

  private void run(int size) {
    runner.run(size, () -> call("step"));
  }

  private void warm() {
    for (int i = 0; i < StepRunner.WARMING; i++) {
      run(8);
    }
    assertThat(calls).hasSize(StepRunner.WARMING).containsOnly("step");
    calls.clear();
  }

  @Test
  void aFullBatchIsRecordedOnceItIsWarmAndPlayedFromThenOn() {
    warm();
    run(8);
    run(8);
    run(8);
    assertThat(calls).containsExactly("begin", "step", "end", "replay", "replay", "replay");
    runner.close();
    assertThat(calls).endsWith("close");
  }

  @Test
  void smallerBatchesRunByThemselves() {
    warm();
    run(8);
    calls.clear();
    run(5);
    run(8);
    assertThat(calls).containsExactly("step", "replay");
  }

  @Test
  void aLargerBatchIsTheFullOneFromThenOn() {
    warm();
    run(8);
    calls.clear();
    run(9);
    run(8);
    assertThat(calls).containsExactly("close", "step", "step");
  }

  @Test
  void aStepThatCannotBeRecordedIsTakenNonetheless() {
    for (String call : List.of("begin", "step", "end")) {
      calls.clear();
      StepRunner other = new StepRunner(() -> Optional.of(new MadeUpRecorder()));
      for (int i = 0; i < StepRunner.WARMING; i++) {
        other.run(8, () -> call("step"));
      }
      calls.clear();
      failing = call;
      other.run(8, () -> call("step"));
      assertThat(calls).startsWith("begin").endsWith("abandon", "close", "step");
      calls.clear();
      other.run(8, () -> call("step"));
      assertThat(calls).containsExactly("step");
    }
  }

  @Test
  void aPoisonedCardIsNoReasonToGoOn() {
    warm();
    failing = "step";
    message = "CUDA error: an illegal memory access was encountered";
    assertThatThrownBy(() -> run(8)).hasMessage(message);
  }

  @Test
  void withoutARecorderEveryStepRunsByItself() {
    StepRunner plain = new StepRunner(Optional::empty);
    for (int i = 0; i < StepRunner.WARMING + 3; i++) {
      plain.run(8, () -> call("step"));
    }
    assertThat(calls).hasSize(StepRunner.WARMING + 3).containsOnly("step");
  }
}
