package org.modelzoo.inspection;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.IntStream;
import org.modelzoo.config.ImageShape;
import org.modelzoo.data.LabelledImages;
import org.modelzoo.data.PngEncoder;
import org.modelzoo.data.TaskImages;

/**
 * A picture of a task: a row for each class, with images to train on to the left and test images to
 * the right, taken at equal steps from all of the class.
 */
public final class ContactSheet {
  private static final int TRAIN_COLUMNS = 10;
  private static final int TEST_COLUMNS = 5;

  /** Further classes are left out: a sheet is there to be looked at. */
  private static final int MOST_ROWS = 50;

  private static final int SMALLEST_CELL = 48;
  private static final int GAP = 4;
  private static final int MARGIN = 16;
  private static final int MOST_NAME_CHARACTERS = 28;
  private static final Font HEADING = new Font(Font.SANS_SERIF, Font.BOLD, 16);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  private static final Color INK = new Color(0x22, 0x22, 0x22);
  private static final Color FAINT = new Color(0x6b, 0x6b, 0x6b);

  private final TaskInspection task;
  private final TaskImages images;
  private final ImageShape shape;
  private final int scale;

  ContactSheet(TaskInspection task, TaskImages images) {
    this.task = task;
    this.images = images;
    this.shape = images.train().shape();
    this.scale = 1 + (SMALLEST_CELL - 1) / Math.max(shape.height(), shape.width());
  }

  /** Writes it as PNG. */
  public void writePng(OutputStream out) throws IOException {
    out.write(PngEncoder.encode(draw()));
  }

  BufferedImage draw() {
    int rows = Math.min(task.classes().size(), MOST_ROWS);
    int names = nameWidth(rows);
    int top = 84;
    int width = MARGIN + names + (TRAIN_COLUMNS + TEST_COLUMNS) * cellWidth() + 4 * GAP + MARGIN;
    BufferedImage sheet =
        new BufferedImage(width, top + rows * cellHeight() + MARGIN, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    int train = MARGIN + names;
    int test = train + TRAIN_COLUMNS * cellWidth() + 4 * GAP;
    drawHeading(graphics, rows, train, test, top);
    graphics.setColor(FAINT);
    graphics.setStroke(new BasicStroke(1));
    graphics.drawLine(test - 3 * GAP, top - 20, test - 3 * GAP, sheet.getHeight() - MARGIN);
    for (int row = 0; row < rows; row++) {
      int y = top + row * cellHeight();
      drawName(graphics, task.classes().get(row), y);
      drawImages(sheet, images.train(), row, TRAIN_COLUMNS, train, y);
      drawImages(sheet, images.test(), row, TEST_COLUMNS, test, y);
    }
    graphics.dispose();
    return sheet;
  }

  private void drawHeading(Graphics2D graphics, int rows, int train, int test, int top) {
    graphics.setColor(INK);
    graphics.setFont(HEADING);
    graphics.drawString(shortened(task.name(), 2 * MOST_NAME_CHARACTERS), MARGIN, MARGIN + 14);
    graphics.setFont(TEXT);
    graphics.setColor(FAINT);
    String shown = rows < task.classes().size() ? "the first " + rows + " of " : "";
    graphics.drawString(
        "%s%d classes, %s; %,d images to train on, %,d held out, %,d to test"
            .formatted(
                shown, task.classes().size(), shape, task.train(), task.validation(), task.test()),
        MARGIN,
        MARGIN + 34);
    graphics.drawString("training", train, top - 6);
    graphics.drawString("test", test, top - 6);
  }

  private void drawName(Graphics2D graphics, ClassCounts counts, int y) {
    int middle = y + cellHeight() / 2;
    graphics.setFont(TEXT);
    graphics.setColor(INK);
    graphics.drawString(name(counts), MARGIN, middle - 4);
    graphics.setColor(FAINT);
    graphics.drawString(numbers(counts), MARGIN, middle + 13);
  }

  private void drawImages(
      BufferedImage sheet, LabelledImages from, int label, int columns, int left, int y) {
    List<Integer> ofClass =
        IntStream.range(0, from.size()).filter(i -> from.labels()[i] == label).boxed().toList();
    int shown = Math.min(columns, ofClass.size());
    for (int column = 0; column < shown; column++) {
      int image = ofClass.get((int) ((long) column * ofClass.size() / shown));
      drawImage(sheet, from, image, left + column * cellWidth(), y);
    }
  }

  /** Every pixel as a square, so that what is seen is what is there. */
  private void drawImage(BufferedImage sheet, LabelledImages from, int image, int left, int top) {
    for (int y = 0; y < shape.height() * scale; y++) {
      for (int x = 0; x < shape.width() * scale; x++) {
        int pixel = (image * shape.height() + y / scale) * shape.width() + x / scale;
        sheet.setRGB(left + x, top + y, colour(from.pixels(), pixel * shape.channels()));
      }
    }
  }

  private int colour(byte[] pixels, int offset) {
    int red = pixels[offset] & 0xFF;
    if (shape.channels() < 3) {
      return red << 16 | red << 8 | red;
    }
    return red << 16 | (pixels[offset + 1] & 0xFF) << 8 | (pixels[offset + 2] & 0xFF);
  }

  private int nameWidth(int rows) {
    BufferedImage nothing = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = nothing.createGraphics();
    FontMetrics metrics = graphics.getFontMetrics(TEXT);
    int widest =
        task.classes().stream()
            .limit(rows)
            .mapToInt(
                counts ->
                    Math.max(
                        metrics.stringWidth(name(counts)), metrics.stringWidth(numbers(counts))))
            .max()
            .orElse(0);
    graphics.dispose();
    return widest + 2 * MARGIN;
  }

  private static String name(ClassCounts counts) {
    String label = Integer.toString(counts.label());
    return counts.name().equals(label)
        ? "class " + label
        : label + "  " + shortened(counts.name(), MOST_NAME_CHARACTERS);
  }

  private static String numbers(ClassCounts counts) {
    return "%,d + %,d, %,d".formatted(counts.train(), counts.validation(), counts.test());
  }

  private static String shortened(String text, int most) {
    return text.length() > most ? text.substring(0, most - 1) + "…" : text;
  }

  private int cellWidth() {
    return shape.width() * scale + GAP;
  }

  private int cellHeight() {
    return shape.height() * scale + GAP;
  }
}
