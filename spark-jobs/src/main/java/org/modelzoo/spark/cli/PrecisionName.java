package org.modelzoo.spark.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.modelzoo.base.KebabCase;
import org.modelzoo.config.Precision;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a precision as configurations write it: {@code tensor-float32}. */
final class PrecisionName implements ITypeConverter<Precision> {
  @Override
  public Precision convert(String text) {
    return Arrays.stream(Precision.values())
        .filter(precision -> KebabCase.of(precision).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "\"%s\" is not known; write one of %s"
                        .formatted(
                            text,
                            Arrays.stream(Precision.values())
                                .map(KebabCase::of)
                                .collect(Collectors.joining(", ")))));
  }
}
