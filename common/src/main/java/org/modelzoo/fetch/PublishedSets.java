package org.modelzoo.fetch;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

/** The data sets that can be fetched, and where one that can't comes from. */
public final class PublishedSets {
  private static final PublishedSet MNIST =
      new PublishedSet(
          "mnist",
          "mnist",
          List.of(
              new PublishedFile(
                  "train-images-idx3-ubyte.gz",
                  9_912_422,
                  "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
              new PublishedFile(
                  "train-labels-idx1-ubyte.gz",
                  28_881,
                  "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
              new PublishedFile(
                  "t10k-images-idx3-ubyte.gz",
                  1_648_877,
                  "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
              new PublishedFile(
                  "t10k-labels-idx1-ubyte.gz",
                  4_542,
                  "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6")),
          // Its first home gives the files to nobody any more.
          mirrors(
              "https://ossci-datasets.s3.amazonaws.com/mnist/",
              "https://storage.googleapis.com/cvdf-datasets/mnist/"),
          "http://yann.lecun.com/exdb/mnist/",
          "copyright Yann LeCun and Corinna Cortes; Creative Commons Attribution-ShareAlike 3.0",
          "LeCun, Bottou, Bengio, Haffner: Gradient-based learning applied to document recognition,"
              + " Proceedings of the IEEE 86(11), 1998");

  private static final PublishedSet FASHION_MNIST =
      new PublishedSet(
          "fashion-mnist",
          "fashion-mnist",
          List.of(
              new PublishedFile(
                  "train-images-idx3-ubyte.gz",
                  26_421_880,
                  "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
              new PublishedFile(
                  "train-labels-idx1-ubyte.gz",
                  29_515,
                  "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
              new PublishedFile(
                  "t10k-images-idx3-ubyte.gz",
                  4_422_102,
                  "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
              new PublishedFile(
                  "t10k-labels-idx1-ubyte.gz",
                  5_148,
                  "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5")),
          mirrors(
              "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/",
              "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
          "https://github.com/zalandoresearch/fashion-mnist",
          "copyright 2017 Zalando SE; MIT licence",
          "Xiao, Rasul, Vollgraf: Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine"
              + " Learning Algorithms, arXiv 1708.07747, 2017");

  private static final PublishedSet CIFAR_10 =
      cifar(
          "cifar-10",
          new PublishedFile(
              "cifar-10-binary.tar.gz",
              170_052_171,
              "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"));

  private static final PublishedSet CIFAR_100 =
      cifar(
          "cifar-100",
          new PublishedFile(
              "cifar-100-binary.tar.gz",
              168_513_733,
              "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec"));

  private static final List<PublishedSet> ALL = List.of(MNIST, FASHION_MNIST, CIFAR_10, CIFAR_100);

  private PublishedSets() {}

  /**
   * The data set of a name.
   *
   * @throws ModelZooException (configuration) if it can't be fetched
   */
  public static PublishedSet named(String name) {
    if (name.equals("mini-imagenet")) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "mini-imagenet can't be fetched: it is cut from ImageNet (ILSVRC 2012), which image-net.org hands out for"
              + " non-commercial research to people who register and accept its terms. docs/data.md says who"
              + " makes mini-imagenet-cache-train.pkl, -val.pkl and -test.pkl out of it; put them into a"
              + " directory, and read it with conf/data/split_miniimagenet.conf");
    }
    return ALL.stream()
        .filter(set -> set.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ModelZooException(
                    ErrorKind.CONFIGURATION,
                    "%s is not a data set that can be fetched; choose one of %s"
                        .formatted(
                            name,
                            ALL.stream()
                                .map(PublishedSet::name)
                                .collect(Collectors.joining(", ")))));
  }

  private static PublishedSet cifar(String name, PublishedFile archive) {
    return new PublishedSet(
        name,
        "",
        List.of(archive),
        mirrors("https://www.cs.toronto.edu/~kriz/"),
        "https://www.cs.toronto.edu/~kriz/cifar.html",
        "no licence is stated; the photographs were gathered from the web and labelled for research",
        "Krizhevsky: Learning Multiple Layers of Features from Tiny Images, technical report,"
            + " University of Toronto, 2009");
  }

  private static List<URI> mirrors(String... urls) {
    return Stream.of(urls).map(URI::create).toList();
  }
}
