package org.modelzoo.network.torch;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.bytedeco.cuda.cudart.CUgraphExec_st;
import org.bytedeco.cuda.cudart.CUgraph_st;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.cuda.CUDAAllocator;
import org.bytedeco.pytorch.cuda.CUDAStream;
import org.bytedeco.pytorch.cuda.DeviceAssertionsDataVectorCUDAKernelLaunchInfoVectorPair;
import org.bytedeco.pytorch.cuda.StreamFilter;
import org.bytedeco.pytorch.global.torch_cuda;

/**
 * A recording as a CUDA graph, put together as libtorch's CUDAGraph does it, which JavaCPP does not
 * bind: what the recorded operations allocate comes from a pool of the graph's own, which nobody
 * else uses.
 */
final class CardRecorder implements Recorder {
  /** One recording at a time in a process: others' allocations must not disturb it. */
  private static final ReentrantLock ONE = new ReentrantLock();

  /** Far from the numbers that libtorch gives its own pools. */
  private static final AtomicLong NEXT_POOL = new AtomicLong(1L << 40);

  private final OwnedPointers lasting = new OwnedPointers();
  private final byte card;
  private final CUDAStream stream;
  private final CUDAAllocator allocator = lasting.keep(torch_cuda.getAllocator());
  private final CUgraph_st graph = lasting.keep(new CUgraph_st());
  private final CUgraphExec_st executable = lasting.keep(new CUgraphExec_st());

  /** c10::MempoolId_t is two numbers; JavaCPP's presets give it the type of another pair. */
  private final LongPointer pool = lasting.keep(new LongPointer(0, NEXT_POOL.getAndIncrement()));

  private final Of filter;
  private boolean recorded;

  /** Lets allocations for one stream through. */
  private static final class Of extends StreamFilter {
    private final long handle;

    Of(CUDAStream stream) {
      handle = stream.stream().address();
    }

    @Override
    public boolean call(Pointer asking) {
      return asking != null && asking.address() == handle;
    }
  }

  /**
   * @param stream of the operations to record
   */
  CardRecorder(byte card, CUDAStream stream) {
    this.card = card;
    this.stream = stream;
    this.filter = lasting.keep(new Of(stream));
  }

  private DeviceAssertionsDataVectorCUDAKernelLaunchInfoVectorPair poolNumber() {
    return new DeviceAssertionsDataVectorCUDAKernelLaunchInfoVectorPair((Pointer) pool);
  }

  @Override
  public void begin() {
    ONE.lock();
    stream.synchronize();
    allocator.beginAllocateToPool(card, poolNumber(), filter);
    check(cudart.cudaStreamBeginCapture(stream.stream(), cudart.cudaStreamCaptureModeThreadLocal));
  }

  @Override
  public void end() {
    check(cudart.cudaStreamEndCapture(stream.stream(), graph));
    allocator.endAllocateToPool(card, poolNumber());
    ONE.unlock();
    check(cudart.cudaGraphInstantiateWithFlags(executable, graph, 0));
    recorded = true;
  }

  @Override
  public void abandon() {
    if (ONE.isHeldByCurrentThread()) {
      cudart.cudaStreamEndCapture(stream.stream(), graph);
      allocator.endAllocateToPool(card, poolNumber());
      ONE.unlock();
    }
    cudart.cudaGetLastError(); // the failure of the recording is not the next operation's
  }

  @Override
  public void replay() {
    check(cudart.cudaGraphLaunch(executable, stream.stream()));
  }

  private static void check(int code) {
    if (code != cudart.cudaSuccess) {
      throw new IllegalStateException("CUDA error: " + cudart.cudaGetErrorString(code).getString());
    }
  }

  @Override
  public void close() {
    stream.synchronize();
    if (recorded) {
      cudart.cudaGraphExecDestroy(executable);
    }
    if (!graph.isNull()) {
      cudart.cudaGraphDestroy(graph);
    }
    allocator.releasePool(card, poolNumber());
    lasting.close();
  }
}
