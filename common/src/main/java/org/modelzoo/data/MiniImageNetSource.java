package org.modelzoo.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.modelzoo.data.MiniImageNetFormat.ClassFile;

/** Reads mini-ImageNet out of its published pickles. Labels go on from file to file. */
final class MiniImageNetSource implements ImageSource {
  private final MiniImageNetFormat format;
  private final DataDirectory directory;

  MiniImageNetSource(MiniImageNetFormat format, DataDirectory directory) {
    this.format = format;
    this.directory = directory;
  }

  @Override
  public Map<Integer, ClassImages> read(Set<Integer> classes, int trainLimit) {
    Map<Integer, ClassImages> images = new HashMap<>();
    int first = 0;
    for (ClassFile file : format.files()) {
      int firstOfFile = first;
      Set<Integer> labels =
          IntStream.range(0, file.classes())
              .filter(label -> classes.contains(firstOfFile + label))
              .boxed()
              .collect(Collectors.toSet());
      if (!labels.isEmpty()) {
        MiniImageNetFile.open(format, file, directory)
            .read(labels, trainLimit)
            .forEach((label, ofClass) -> images.put(firstOfFile + label, ofClass));
      }
      first += file.classes();
    }
    return images;
  }

  @Override
  public Summary check() {
    List<String> names = new ArrayList<>();
    List<String> sums = new ArrayList<>();
    for (ClassFile file : format.files()) {
      MiniImageNetFile opened = MiniImageNetFile.open(format, file, directory);
      names.addAll(opened.classNames());
      sums.add(opened.checksum());
    }
    return new Summary(names, sums.toString());
  }
}
