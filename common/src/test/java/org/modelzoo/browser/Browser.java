package org.modelzoo.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window; tests are skipped where it or its driver is not installed. */
public final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** It misses bindings of DevTools for the browser's version, which nothing here needs. */
  private static final Logger DRIVER_LOG = Logger.getLogger("org.openqa.selenium");

  static {
    DRIVER_LOG.setLevel(Level.SEVERE);
  }

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts it, as wide as a desk's screen. */
  public static Browser start() {
    Optional<File> chromium = program("chromium").or(() -> program("google-chrome"));
    Optional<File> driver = program("chromedriver");
    assumeTrue(
        chromium.isPresent() && driver.isPresent(),
        "Pages are tested where chromium and chromedriver are on the PATH, see .ci/run.");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.get());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--force-prefers-reduced-motion");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(driver.get()).build();
    Browser browser = new Browser(new ChromeDriver(service, options));
    browser.resize(1440, 900);
    return browser;
  }

  private static Optional<File> program(String name) {
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(System.getenv("PATH"))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toFile);
  }

  public void open(URI address) {
    driver.get(address.toString());
  }

  public void resize(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
  }

  public URI address() {
    return URI.create(driver.getCurrentUrl());
  }

  public void back() {
    driver.navigate().back();
  }

  /** The elements that a CSS selector finds at this moment. */
  public List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** Their texts as they are seen. */
  public List<String> texts(String selector) {
    return all(selector).stream().map(WebElement::getText).toList();
  }

  /** The first one, as soon as it is there. */
  public WebElement one(String selector) {
    return await("element " + selector, () -> all(selector).stream().findFirst());
  }

  /** Clicks the first element that the selector finds and that shows this text. */
  public void click(String selector, String text) {
    await(
            "%s with the text '%s'".formatted(selector, text),
            () -> all(selector).stream().filter(it -> it.getText().equals(text)).findFirst())
        .click();
  }

  /** Waits until the first element that the selector finds shows this text, perhaps among other. */
  public void awaitText(String selector, String text) {
    await(
        "the text '%s' in %s".formatted(text, selector),
        () -> texts(selector).stream().filter(it -> it.contains(text)).findFirst());
  }

  /** The value of a script's return statement. */
  public Object run(String script) {
    return ((JavascriptExecutor) driver).executeScript(script);
  }

  /** What errors and remarks the browser has written since the last call. */
  public List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  private <T> T await(String what, Supplier<Optional<T>> found) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      try {
        Optional<T> result = found.get();
        if (result.isPresent()) {
          return result.get();
        }
        Thread.sleep(50);
      } catch (StaleElementReferenceException e) {
        // The page has changed meanwhile: look again.
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new AssertionError(
        "There was no %s within %s; the page shows: %s".formatted(what, PATIENCE, texts("body")));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
