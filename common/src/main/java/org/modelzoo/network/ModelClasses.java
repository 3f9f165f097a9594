package org.modelzoo.network;

import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.weights.WeightInitXavier;
import org.modelzoo.network.layer.BatchNormalization;
import org.modelzoo.network.layer.Convolution;
import org.modelzoo.network.layer.GlobalAveragePooling;
import org.modelzoo.network.layer.HeadsOutput;
import org.modelzoo.network.layer.MaskedCrossEntropy;
import org.modelzoo.network.layer.MaximumPooling;
import org.modelzoo.network.layer.ResidualSum;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * The classes that a model's configuration may name. DL4J's JSON says with a class name what each
 * part is, and reading it loads and makes an object of whatever class stands there; so anything but
 * the parts of our own networks is refused before DL4J sees it. All of these only hold values.
 */
final class ModelClasses {
  private static final Set<String> ALLOWED =
      Set.of(
          LayerVertex.class.getName(),
          Convolution.class.getName(),
          BatchNormalization.class.getName(),
          MaximumPooling.class.getName(),
          GlobalAveragePooling.class.getName(),
          ResidualSum.class.getName(),
          HeadsOutput.class.getName(),
          MaskedCrossEntropy.class.getName(),
          // What DL4J's base classes of layers write beside our own fields:
          ActivationIdentity.class.getName(),
          ActivationSigmoid.class.getName(),
          WeightInitXavier.class.getName(),
          Nesterovs.class.getName());

  /** What classes were called when earlier programs saved models. */
  private static final Map<String, String> FORMER_NAMES =
      Map.of(
          "org.modelzoo.network.layer.Normalisation", BatchNormalization.class.getName(),
          "org.modelzoo.network.layer.ImageMean", GlobalAveragePooling.class.getName());

  private ModelClasses() {}

  /** The JSON of a model with today's class names in the place of former ones. */
  static String currentNames(String json) {
    String renamed = json;
    for (Map.Entry<String, String> name : FORMER_NAMES.entrySet()) {
      renamed = renamed.replace('"' + name.getKey() + '"', '"' + name.getValue() + '"');
    }
    return renamed;
  }

  /**
   * The first text that names, or might name, another class: the value of an {@code @class}, and
   * every text or key with a dot, wherever it stands, because Jackson knows other places for class
   * names too and no network of ours has dots elsewhere.
   */
  static Optional<String> refusedIn(JsonNode node) {
    if (node.isTextual()) {
      String text = node.textValue();
      return text.contains(".") && !ALLOWED.contains(text) ? Optional.of(text) : Optional.empty();
    }
    Iterator<Map.Entry<String, JsonNode>> fields = node.fields();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> field = fields.next();
      Optional<String> refused = refusedIn(field.getKey(), field.getValue());
      if (refused.isPresent()) {
        return refused;
      }
    }
    for (JsonNode element : node.isArray() ? node : Set.<JsonNode>of()) {
      Optional<String> refused = refusedIn(element);
      if (refused.isPresent()) {
        return refused;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> refusedIn(String key, JsonNode value) {
    if (key.contains(".")) {
      return Optional.of(key);
    }
    if (key.equals("@class") && !ALLOWED.contains(value.asText())) {
      return Optional.of(value.isTextual() ? value.textValue() : value.toString());
    }
    return refusedIn(value);
  }
}
