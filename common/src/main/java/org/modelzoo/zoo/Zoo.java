package org.modelzoo.zoo;

import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.boosting.TaskEnsemble;
import org.modelzoo.config.EngineChoice;
import org.modelzoo.config.Precision;
import org.modelzoo.data.LabelledImages;
import org.modelzoo.data.Normaliser;
import org.modelzoo.network.Device;
import org.modelzoo.network.Engine;
import org.modelzoo.network.Engines;
import org.modelzoo.network.ModelFile;
import org.modelzoo.network.Network;
import org.modelzoo.network.NetworkSpec;
import org.modelzoo.network.SharedPredictor;

/**
 * A trained zoo in use: its members' networks in memory.
 *
 * <pre>{@code
 * try (Zoo zoo = Zoo.load("runs/quickstart")) {
 *   Prediction prediction = zoo.predict("family-1-task-1", new Picture.File(bytes));
 * }
 * }</pre>
 *
 * <p>A prediction is what the run itself calls the ensemble's: the mean of the softmax outputs of
 * the members trained on the task, weighted as under limited replay; uniform where no member was.
 *
 * <p>Thread-safe. Threads that predict at once share the parameters and have working memory of
 * their own. Members live outside the Java heap until {@link #close}, which waits for predictions
 * under way. Runs anywhere: in a service, on driver or executors. Operations of each thread take as
 * many cores as ND4J is set to; where several threads predict, {@link
 * org.modelzoo.network.NativeThreads#use} with 1 on each is fastest.
 */
public final class Zoo implements AutoCloseable {
  /** Nobody trains here. */
  private static final Engine.Settings UNTRAINED = new Engine.Settings(0, 0, Precision.FLOAT32);

  private final ZooManifest manifest;
  private final Map<ZooManifest.Member, SharedPredictor> members;
  private final PictureReader pictures;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private Zoo(ZooManifest manifest, Map<ZooManifest.Member, SharedPredictor> members) {
    this.manifest = manifest;
    this.members = members;
    this.pictures = new PictureReader(manifest.image(), manifest.normalisation());
  }

  /**
   * Loads all members of a zoo, with Hadoop's configuration from the class path.
   *
   * @param location path or URI of a run directory, whose committed rounds count, or of an exported
   *     archive
   * @throws ModelZooException (data) if there is no zoo, or a damaged one; (cluster) if the file
   *     system can't be reached
   */
  public static Zoo load(String location) {
    return load(location, new Configuration());
  }

  /** As {@link #load(String)}, on the file systems of a Hadoop configuration. */
  public static Zoo load(String location, Configuration hadoop) {
    SavedZoo saved = SavedZoo.at(location, hadoop);
    return load(saved, saved.manifest(), Device.processor(1));
  }

  /**
   * Loads some members.
   *
   * @param manifest of this zoo, or what {@link ZooManifest#with} left of it
   */
  public static Zoo load(SavedZoo saved, ZooManifest manifest, Device device) {
    Engine engine = Engines.choose(EngineChoice.AUTO, device, Precision.FLOAT32);
    Map<ZooManifest.Member, SharedPredictor> members = new LinkedHashMap<>();
    try {
      saved.models(
          manifest,
          (member, shown, model) -> {
            NetworkSpec spec = manifest.network(member);
            members.put(
                member,
                new SharedPredictor(
                    engine.open(
                        spec,
                        ModelFile.read(new ByteArrayInputStream(model), shown, spec),
                        UNTRAINED,
                        device)));
          });
    } catch (RuntimeException | Error e) {
      members.values().forEach(SharedPredictor::close);
      throw e;
    }
    return new Zoo(manifest, members);
  }

  /**
   * The content of an image file as the zoo's images are, of which any zoo of the manifest predicts
   * the same as of the file; needs no loaded zoo.
   *
   * @throws ModelZooException (data) if it is no image
   */
  public static Picture.Pixels pixels(ZooManifest manifest, Picture.File file) {
    return new Picture.Pixels(
        new PictureReader(manifest.image(), manifest.normalisation()).pixels(file));
  }

  /** What the zoo consists of. */
  public ZooManifest manifest() {
    return manifest;
  }

  /**
   * Predicts the class of an image.
   *
   * @param task name of the task that the image belongs to
   * @throws ModelZooException (configuration) if there is no such task; (data) if it is no image,
   *     or an array of another shape than the zoo's images
   */
  public Prediction predict(String task, Picture picture) {
    return predict(task, List.of(picture)).get(0);
  }

  /** As {@link #predict(String, Picture)}, for many images at once, which is faster. */
  public List<Prediction> predict(String task, List<? extends Picture> images) {
    return predicted(task, images).predictions();
  }

  /** As {@link #predict(String, Picture)}, with what each of the task's members makes of it. */
  public DetailedPrediction predictInDetail(String task, Picture picture) {
    return predicted(task, List.of(picture)).detailed(0);
  }

  private EnsemblePrediction predicted(String task, List<? extends Picture> images) {
    int id = manifest.task(task);
    int size = manifest.image().size();
    return reading(
        () -> {
          List<float[]> outputs =
              outputs(
                  id,
                  images.size(),
                  (from, to, target) -> {
                    for (int i = from; i < to; i++) {
                      pictures.read(images.get(i), target, (i - from) * size);
                    }
                  });
          return new EnsemblePrediction(
              manifest, id, ensemble(id, images.size(), outputs), outputs);
        });
  }

  /**
   * The ensemble of a task over some images, with its loss and accuracy; to the bit that of the
   * run, on the images that it was measured on and with as many native threads.
   *
   * @param task its id
   * @param images of the zoo's shape
   */
  public TaskEnsemble ensemble(int task, LabelledImages images) {
    Normaliser normaliser = new Normaliser(manifest.normalisation());
    return reading(
        () ->
            ensemble(
                task,
                images.size(),
                outputs(
                    task,
                    images.size(),
                    (from, to, target) -> normaliser.normalise(images, from, to, target))));
  }

  private TaskEnsemble ensemble(int task, int images, List<float[]> outputs) {
    TaskEnsemble ensemble = new TaskEnsemble(images, manifest.tasks().get(task).classes().size());
    List<ZooManifest.Member> known = manifest.membersOf(task);
    for (int i = 0; i < known.size(); i++) {
      requireNumbers(known.get(i), outputs.get(i));
      ensemble.add(outputs.get(i), known.get(i).weight(task));
    }
    return ensemble;
  }

  private static void requireNumbers(ZooManifest.Member member, float[] outputs) {
    for (float output : outputs) {
      if (!Float.isFinite(output)) {
        throw new ModelZooException(
            ErrorKind.DATA,
            "the model of %s predicts %s: its parameters are not those of a trained network; train or export the zoo again"
                .formatted(member.id(), output));
      }
    }
  }

  /** Softmax outputs [images, classes] of each of the task's members, in their order. */
  private List<float[]> outputs(int task, int images, Input input) {
    int classes = manifest.tasks().get(task).classes().size();
    List<ZooManifest.Member> known = manifest.membersOf(task);
    List<float[]> outputs = known.stream().map(member -> new float[images * classes]).toList();
    float[] features =
        new float[Math.min(images, Network.PREDICTION_BATCH) * manifest.image().size()];
    for (int from = 0; from < images; from += Network.PREDICTION_BATCH) {
      int to = Math.min(from + Network.PREDICTION_BATCH, images);
      input.fill(from, to, features);
      for (int i = 0; i < known.size(); i++) {
        float[] batch =
            members
                .get(known.get(i))
                .probabilities(features, to - from, known.get(i).head(task).orElseThrow());
        System.arraycopy(batch, 0, outputs.get(i), from * classes, batch.length);
      }
    }
    return outputs;
  }

  private <T> T reading(Supplier<T> work) {
    Lock using = lock.readLock();
    using.lock();
    try {
      if (closed) {
        throw new IllegalStateException("zoo " + manifest.name() + " is closed");
      }
      return work.get();
    } finally {
      using.unlock();
    }
  }

  /** Frees the members' memory, once predictions under way have ended. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        members.values().forEach(SharedPredictor::close);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Network input of a range of images. */
  @FunctionalInterface
  private interface Input {
    void fill(int from, int to, float[] target);
  }
}
