package org.modelzoo.search.space;

/** In which measure an interval is uniform. Strict arithmetic: the same on every machine. */
public enum Scale {
  LINEAR {
    @Override
    double apply(double value) {
      return value;
    }

    @Override
    double invert(double measure) {
      return measure;
    }
  },
  LOGARITHMIC {
    @Override
    double apply(double value) {
      return StrictMath.log(value);
    }

    @Override
    double invert(double measure) {
      return StrictMath.exp(measure);
    }
  };

  abstract double apply(double value);

  abstract double invert(double measure);
}
