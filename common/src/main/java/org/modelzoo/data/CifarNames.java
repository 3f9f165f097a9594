package org.modelzoo.data;

import java.util.List;

/** The classes' official names, in the order of their labels. */
final class CifarNames {
  private static final String CIFAR_10 =
      "airplane automobile bird cat deer dog frog horse ship truck";

  private static final String CIFAR_100 =
      "apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus"
          + " butterfly camel can castle caterpillar cattle chair chimpanzee clock cloud cockroach"
          + " couch crab crocodile cup dinosaur dolphin elephant flatfish forest fox girl hamster"
          + " house kangaroo keyboard lamp lawn_mower leopard lion lizard lobster man maple_tree"
          + " motorcycle mountain mouse mushroom oak_tree orange orchid otter palm_tree pear"
          + " pickup_truck pine_tree plain plate poppy porcupine possum rabbit raccoon ray road"
          + " rocket rose sea seal shark shrew skunk skyscraper snail snake spider squirrel"
          + " streetcar sunflower sweet_pepper table tank telephone television tiger tractor train"
          + " trout tulip turtle wardrobe whale willow_tree wolf woman worm";

  private CifarNames() {}

  /**
   * Names of the data set with so many classes.
   *
   * @param classes 10 or 100
   */
  static List<String> of(int classes) {
    return List.of((classes == 10 ? CIFAR_10 : CIFAR_100).split(" "));
  }
}
