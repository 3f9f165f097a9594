package org.modelzoo.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;

/**
 * A member's network as DL4J's model archive: configuration as JSON, parameters with running
 * statistics as binary, no optimiser state. With our layers on the class path, DL4J's own {@code
 * ModelSerializer.restoreComputationGraph} reads it too.
 */
public final class ModelFile {
  private ModelFile() {}

  /** Writes the network; the stream is left open. */
  public static void write(ComputationGraph graph, OutputStream stream) throws IOException {
    ModelSerializer.writeModel(graph, stream, /* saveUpdater= */ false);
  }

  /** Reads what {@link #write} wrote. */
  public static ComputationGraph read(InputStream stream) throws IOException {
    return ModelSerializer.restoreComputationGraph(stream, /* loadUpdater= */ false);
  }
}
