package org.modelzoo.data;

import org.apache.hadoop.conf.Configuration;
import org.modelzoo.config.DataConfig;
import org.modelzoo.config.SourceConfig;

/** Finds the reader for a format; the only place that lists them. */
final class ImageSources {
  private ImageSources() {}

  static ImageSource open(DataConfig data, Configuration hadoop) {
    SourceConfig config = data.set().source();
    if (config instanceof SourceConfig.Synthetic synthetic) {
      return new SyntheticSource(synthetic);
    }
    DataDirectory directory = new DataDirectory(data.directory(), hadoop);
    if (config instanceof SourceConfig.Mnist mnist) {
      return new IdxSource(mnist, directory);
    }
    if (config instanceof SourceConfig.Cifar10) {
      return new CifarSource(CifarFormat.CIFAR_10, directory);
    }
    if (config instanceof SourceConfig.Cifar100) {
      return new CifarSource(CifarFormat.CIFAR_100, directory);
    }
    if (config instanceof SourceConfig.MiniImageNet) {
      return new MiniImageNetSource(MiniImageNetFormat.PUBLISHED, directory);
    }
    if (config instanceof SourceConfig.ImageFolder folder) {
      return new ImageFolderSource(folder, directory);
    }
    throw new IllegalArgumentException("No reader for " + config);
  }
}
