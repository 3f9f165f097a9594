package org.modelzoo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.modelzoo.store.StoreFixtures.IDENTITY;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SealTest {
  private static final byte[] SEALED = Json.writeSealed(IDENTITY);

  @Test
  void aSealedRecordIsReadAsItWas() throws DamagedFileException {
    assertThat(read(SEALED)).isEqualTo(IDENTITY);
    assertThat(new String(SEALED, StandardCharsets.UTF_8)).contains("\"sha256\" : \"");
  }

  @Test
  void theChecksumIsThatOfTheFileWithZerosInItsPlace() {
    String text = new String(SEALED, StandardCharsets.UTF_8);
    String checksum = text.replaceAll("(?s).*\"sha256\" : \"([0-9a-f]{64})\".*", "$1");
    assertThat(Checksum.of(text.replace(checksum, "0".repeat(64)))).isEqualTo(checksum);
  }

  @Test
  void everyFlippedBitIsFound() {
    for (int bit = 0; bit < SEALED.length * 8; bit++) {
      byte[] flipped = StoreFixtures.flipped(SEALED, bit);
      assertThatThrownBy(() -> read(flipped))
          .as("bit " + bit)
          .isInstanceOf(DamagedFileException.class);
    }
  }

  @Test
  void everyTruncationIsFound() {
    for (int length = 0; length < SEALED.length; length++) {
      byte[] truncated = Arrays.copyOf(SEALED, length);
      assertThatThrownBy(() -> read(truncated)).isInstanceOf(DamagedFileException.class);
    }
  }

  @Test
  void aFileFromBeforeTheChecksumsIsReadWithoutOne() throws DamagedFileException {
    String old =
        new String(Json.write(IDENTITY), StandardCharsets.UTF_8)
            .replace("\"format_version\" : 2", "\"format_version\" : 1");
    assertThat(read(old.getBytes(StandardCharsets.UTF_8)).seed()).isEqualTo(IDENTITY.seed());
  }

  @Test
  void aFileThatShouldHaveAChecksumAndHasNoneIsDamaged() {
    assertThatThrownBy(() -> read(Json.write(IDENTITY)))
        .isInstanceOf(DamagedFileException.class)
        .hasMessage("run.json is damaged: it has no checksum");
  }

  private static RunIdentity read(byte[] content) throws DamagedFileException {
    return Json.read(content, RunIdentity.class, RunIdentity.FORMAT_VERSION, "run.json");
  }
}
