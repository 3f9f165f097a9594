package org.modelzoo.network;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.modelzoo.base.ModelZooException;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * A member's network as DL4J's model archive: configuration as JSON, parameters with running
 * statistics as binary, no optimiser state. With our layers on the class path, DL4J's own {@code
 * ModelSerializer.restoreComputationGraph} reads it too, but for models of earlier programs, whose
 * layers had other class names.
 *
 * <p>DL4J's reader is for files one trusts: it makes objects of the classes that the JSON names and
 * of the Java objects in the archive. This one takes files from anywhere: it reads no Java objects,
 * knows the classes of our networks only, and takes no more memory than the network it describes.
 * Runs on driver and executors.
 */
public final class ModelFile {
  private static final String CONFIGURATION = "configuration.json";
  private static final String PARAMETERS = "coefficients.bin";

  /** A layer has some 1.5 kB, and the deepest WideResNet some 17,000 of them. */
  private static final int MOST_CONFIGURATION_BYTES = 64 << 20;

  /** A gigabyte of them; WRN-28-10 has 36 million. */
  private static final int MOST_PARAMETERS = 1 << 28;

  /** The first one that such archives can hold. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private ModelFile() {}

  /**
   * Writes the network as DL4J's {@code ModelSerializer} does, but for the entries' times: the same
   * network gives the same bytes, whichever engine trained it. The stream is left open.
   *
   * @param seed of the initial weights, which the configuration names
   * @param parameters flat, running statistics included
   */
  public static void write(NetworkSpec spec, long seed, float[] parameters, OutputStream stream)
      throws IOException {
    ComputationGraph graph = Networks.over(Networks.configuration(spec, seed), parameters);
    try {
      ZipOutputStream zip = new ZipOutputStream(stream);
      zip.putNextEntry(entry(CONFIGURATION));
      zip.write(graph.getConfiguration().toJson().getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(entry(PARAMETERS));
      DataOutputStream binary = new DataOutputStream(new BufferedOutputStream(zip));
      Nd4j.write(graph.params(), binary);
      binary.flush();
      zip.finish();
    } finally {
      graph.close();
    }
  }

  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    return entry;
  }

  /** As {@link #read(InputStream, String)}, for a stream without a name. */
  public static ComputationGraph read(InputStream stream) throws IOException {
    return read(stream, "the model");
  }

  /**
   * Reads what {@link #write} wrote, and nothing else.
   *
   * @param file where the model is, for messages
   * @throws ModelZooException (data) if it is damaged or names a class that our networks don't have
   */
  public static ComputationGraph read(InputStream stream, String file) throws IOException {
    return reading(
        stream,
        file,
        archive -> {
          byte[] json = archive.next(CONFIGURATION, MOST_CONFIGURATION_BYTES);
          ComputationGraphConfiguration configuration = configuration(archive, json);
          return Networks.over(configuration, parameters(archive, configuration));
        });
  }

  /**
   * Reads the parameters of a network that is known; what the archive says of it is not looked at.
   *
   * @param file where the model is, for messages
   * @throws ModelZooException (data) if it is damaged or has another number of parameters
   */
  public static float[] read(InputStream stream, String file, NetworkSpec spec) throws IOException {
    return reading(
        stream,
        file,
        archive -> {
          archive.next(CONFIGURATION, MOST_CONFIGURATION_BYTES);
          return parameters(archive, Networks.configuration(spec));
        });
  }

  /** More than the model of this network has, packed or not. */
  public static long mostBytes(NetworkSpec spec) {
    // Running statistics are a fraction of the parameters.
    return MOST_CONFIGURATION_BYTES + 2L * Float.BYTES * Networks.parameterCount(spec);
  }

  private static <T> T reading(InputStream stream, String file, Reading<T> reading)
      throws IOException {
    ModelArchive archive = new ModelArchive(stream, file);
    try {
      return reading.of(archive);
    } catch (ModelZooException e) {
      throw e;
    } catch (ZipException
        | EOFException
        | JsonProcessingException
        | RuntimeException
        | StackOverflowError e) {
      // Values that no network of ours has are found by whoever meets them first; the last of
      // these, by the parser in brackets without end.
      ModelZooException refused =
          archive.refused(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
      refused.initCause(e);
      throw refused;
    }
  }

  private static float[] parameters(
      ModelArchive archive, ComputationGraphConfiguration configuration) throws IOException {
    long count = configuration.getVertices().values().stream().mapToLong(ModelFile::count).sum();
    if (count < 0 || count > MOST_PARAMETERS) {
      throw archive.refused("its network has %,d parameters".formatted(count));
    }
    int bytes = (int) count * Float.BYTES + ModelParameters.MOST_HEADER_BYTES;
    byte[] parameters = archive.next(PARAMETERS, bytes);
    archive.requireEnd();
    return ModelParameters.read(parameters, (int) count);
  }

  private static long count(GraphVertex vertex) {
    return vertex.numParams(/* backprop= */ true);
  }

  private static ComputationGraphConfiguration configuration(ModelArchive archive, byte[] json)
      throws IOException {
    JsonNode tree =
        ModelJson.read(ModelClasses.currentNames(new String(json, StandardCharsets.UTF_8)));
    Optional<String> refused = ModelClasses.refusedIn(tree);
    if (refused.isPresent()) {
      throw archive.refused(
          "its configuration names %s, which no network of this program has"
              .formatted(refused.get()));
    }
    // Written anew, so that DL4J reads what was looked at, whatever its parser makes of the file.
    return ComputationGraphConfiguration.fromJson(tree.toString());
  }

  /** Reads an archive from its beginning. */
  @FunctionalInterface
  private interface Reading<T> {
    T of(ModelArchive archive) throws IOException;
  }
}
