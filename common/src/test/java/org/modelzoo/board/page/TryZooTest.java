package org.modelzoo.board.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.board.web.BoardServer;
import org.modelzoo.board.web.BoardSettings;
import org.modelzoo.browser.Browser;
import org.modelzoo.zoo.Picture;
import org.modelzoo.zoo.SavedZoo;
import org.modelzoo.zoo.Zoo;
import org.modelzoo.zoo.ZooExport;
import org.modelzoo.zoo.ZooFixtures;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Shows images to an exported zoo in the page, with the board's own server behind it. */
class TryZooTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir private static Path directory;

  private static BoardServer board;
  private static Path image;
  private static String likeliest;
  private Browser browser;

  @BeforeAll
  static void serve() throws Exception {
    Path run = directory.resolve("run");
    SavedZoo saved = SavedZoo.at(ZooFixtures.train(run).uri(), HADOOP);
    Path archives = Files.createDirectory(directory.resolve("archives"));
    ZooExport.write(
        saved, saved.manifest(), archives.resolve("zoo.zip").toUri().toString(), HADOOP);
    image = directory.resolve("image.png");
    BufferedImage drawn = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
    drawn.createGraphics().fillOval(3, 3, 12, 15);
    ImageIO.write(drawn, "png", image.toFile());
    try (Zoo zoo = Zoo.load(run.toString())) {
      likeliest =
          zoo.predict("family-1-task-1", new Picture.File(Files.readAllBytes(image))).className();
    }
    board =
        BoardServer.start(
            new BoardSettings(
                List.of(archives.toString()),
                "localhost",
                0,
                Set.of(),
                Optional.empty(),
                Optional.empty()),
            HADOOP);
    assertThat(board.roots().get(0).awaitFirstLook(Duration.ofSeconds(60))).isTrue();
  }

  @AfterAll
  static void close() {
    if (board != null) {
      board.close();
    }
  }

  @BeforeEach
  void open() {
    browser = Browser.start();
    browser.open(URI.create(board.address()));
    browser.click(".name-cell a", "small");
    browser.awaitText("#try h2", "Try it");
    browser.awaitText(".contents", "Try it");
  }

  @AfterEach
  void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void anImageThatIsChosenIsPredicted() {
    assertThat(browser.texts("#try .explanation").get(0)).contains("8×8 pixels");
    browser.one("#try-image").sendKeys(image.toString());
    browser.awaitText("#try .verdict", likeliest + " with ");
    browser.awaitText("#try [role=status]", "Predicted in ");
    assertThat(browser.texts("#try table").get(0)).contains("ant", "bee");
    assertThat(browser.texts("#try tbody th"))
        .hasSize(4)
        .contains("round-000-member-00", "round-001-member-00");
    assertThat(browser.texts("#try tbody th").get(0)).isEqualTo(likeliest);
    browser.one("#try img:not([hidden])");
    assertThat(browser.all("#try .bar svg")).hasSize(4);
    assertThat(browser.all(".contents a[href='#try']")).hasSize(1);
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void anArchiveShowsWhatItHoldsAndNoEmptyPart() {
    assertThat(browser.texts(".contents a"))
        .containsExactly("Tasks", "Members", "Origin", "Try it");
    assertThat(browser.texts("main section h2"))
        .filteredOn(title -> !title.isEmpty())
        .containsExactly("Tasks", "Members", "Origin", "Try it");
    assertThat(browser.texts("#tasks tbody tr"))
        .containsExactly(
            "family-1-task-1 ant, bee 2 2",
            "family-1-task-2 cat, dog 2 1",
            "family-1-task-3 elk, fox 2 0");
    browser.click("#members summary", "2 members");
    assertThat(browser.texts("#members tbody tr"))
        .containsExactly(
            "round-000-member-00 wrn-10-1 family-1-task-1 ×2.00",
            "round-001-member-00 wrn-10-1 family-1-task-2 ×2.00, family-1-task-1");
    assertThat(browser.texts("#origin").get(0)).contains("small", "Model Zoo test", " MB");
    assertThat(browser.texts(".facts").get(0)).contains("wrn-10-1");
  }

  @Test
  void theKeyboardIsEnough() throws Exception {
    WebElement field = browser.one("#try-image");
    WebElement task = browser.one("#try select");
    assertThat(browser.run("return document.querySelector('label[for=try-image]').textContent"))
        .isEqualTo("Choose an image, or drop one here");
    browser.run("document.querySelector('#try select').focus()");
    browser.run("document.activeElement.scrollIntoView()");
    task.sendKeys(Keys.TAB);
    assertThat(browser.run("return document.activeElement.id")).isEqualTo("try-image");
    assertThat(
            browser.run("return getComputedStyle(document.activeElement).outlineStyle !== 'none'"))
        .isEqualTo(true);
    field.sendKeys(image.toString());
    browser.awaitText("#try .verdict", likeliest);
    task.sendKeys(Keys.ARROW_DOWN);
    browser.awaitText("#try .verdict", "the task has one member");
    assertThat(browser.texts("#try table").get(0)).contains("cat", "dog");
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void whatIsNoImageIsSaid() throws Exception {
    Path text = Files.writeString(directory.resolve("notes.txt"), "no image");
    browser.one("#try-image").sendKeys(text.toString());
    browser.awaitText("#try [role=alert]", "notes.txt is neither a PNG nor a JPEG.");
    assertThat(browser.console()).isEmpty();
    Path broken = Files.writeString(directory.resolve("broken.png"), "no image");
    browser.one("#try-image").sendKeys(broken.toString());
    browser.awaitText("#try [role=alert]", "it is not a PNG or JPEG file");
    assertThat(browser.all("#try .verdict")).isEmpty();
    browser.one("#try-image").sendKeys(image.toString());
    browser.awaitText("#try .verdict", likeliest);
    assertThat(browser.run("return document.querySelector('#try [role=alert]').textContent"))
        .isEqualTo("");
  }

  @Test
  void anImageThatIsDroppedIsPredicted() {
    browser.run(
        "const canvas = document.createElement('canvas');"
            + "canvas.getContext('2d').fillRect(9, 9, 90, 60);"
            + "canvas.toBlob((blob) => { const data = new DataTransfer();"
            + "data.items.add(new File([blob], 'dropped.png', { type: 'image/png' }));"
            + "document.querySelector('#try .drop').dispatchEvent("
            + "new DragEvent('drop', { dataTransfer: data, cancelable: true, bubbles: true })); })");
    browser.awaitText("#try .verdict", " with ");
    assertThat(browser.console()).isEmpty();
  }
}
