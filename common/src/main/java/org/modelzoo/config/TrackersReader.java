package org.modelzoo.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.regex.Pattern;
import org.modelzoo.base.Secrets;

/** Reads {@code trackers}. */
final class TrackersReader {
  private static final int MOST_IMAGES = 100;
  private static final Pattern HTTP = Pattern.compile("https?://[^/\\s]+(/\\S*)?");
  private static final Config NONE = ConfigFactory.empty();

  private TrackersReader() {}

  static TrackersConfig read(Section section) {
    return new TrackersConfig(
        section.duration("time-limit"),
        tensorboard(section.section("tensorboard", NONE)),
        mlflow(section.section("mlflow", NONE)),
        webhook(section.section("webhook", NONE)));
  }

  private static TrackersConfig.TensorBoard tensorboard(Section section) {
    return new TrackersConfig.TensorBoard(
        section.flag("enabled"),
        section.wholeNumber("images-per-task", 0, MOST_IMAGES),
        section.flag("histograms"));
  }

  private static TrackersConfig.Webhook webhook(Section section) {
    return new TrackersConfig.Webhook(section.flag("enabled"), section.duration("stall-after"));
  }

  private static TrackersConfig.Mlflow mlflow(Section section) {
    String uri = section.text("uri");
    if (Secrets.isRevealedBy(uri)) {
      section.problemOfSecret(
          "uri",
          "must not hold a password; remove it, and set MLFLOW_TRACKING_USERNAME and"
              + " MLFLOW_TRACKING_PASSWORD in the driver's environment");
    } else if (!uri.isEmpty() && !HTTP.matcher(uri).matches()) {
      section.problem(
          "uri", "must be the address of a server, such as http://mlflow:5000; correct it");
    }
    String experiment =
        section.text(
            "experiment",
            text -> !text.isBlank(),
            "must be a name; set it, for example to modelzoo");
    return new TrackersConfig.Mlflow(uri, experiment);
  }
}
