package org.modelzoo.data;

/** The two halves of a data set as its authors published it. */
enum SourceSplit {
  TRAIN,
  TEST
}
