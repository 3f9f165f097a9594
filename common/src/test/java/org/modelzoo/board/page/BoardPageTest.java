package org.modelzoo.board.page;

import static j2html.TagCreator.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.modelzoo.browser.Browser;
import org.modelzoo.report.page.Bar;
import org.modelzoo.report.page.Chart;
import org.modelzoo.report.page.DataTable;
import org.modelzoo.report.page.Figure;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Clicks through the board's page, which gets the answers of a small server in the test. */
class BoardPageTest {
  private static final String HOSTILE = "<img src=x onerror=\"document.title='broken'\"> & 'more'";

  private Browser browser;
  private BoardStub board;

  @BeforeEach
  void aSweepAndSomeRuns() throws Exception {
    browser = Browser.start();
    board = new BoardStub();
    board.put("sweep", Map.of("kind", "sweep", "children", 2, "unit", "experiments"));
    board.put("slow", Map.of("parent", "sweep", "path", "sweep/slow", "accuracy", 0.5));
    board.put("fast", Map.of("parent", "sweep", "path", "sweep/fast", "accuracy", 0.75));
    board.put(
        "third",
        Map.of(
            "name",
            HOSTILE,
            "state",
            "running",
            "done",
            3,
            "planned",
            8,
            "accuracy",
            0.625,
            "trend",
            List.of(0.25, 0.5, 0.625)));
  }

  @AfterEach
  void closeBoth() {
    if (board != null) {
      board.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void theTableSortsFiltersAndKeepsTheViewInTheAddress() throws Exception {
    browser.open(board.address("/"));
    browser.awaitText(".range", "1–4 of 4");
    assertThat(browser.texts(".name-cell a")).contains(HOSTILE);
    assertThat(browser.one(".sparkline").getAttribute("aria-label"))
        .isEqualTo("accuracy from 25.0 to 62.5 %");

    browser.click("th button", "Accuracy, %");
    browser.one("th[data-sort=accuracy][aria-sort=descending]");
    browser.awaitText("tbody tr:first-child", "75.0");
    assertThat(names()).containsExactly("fast", HOSTILE, "slow", "sweep");
    assertThat(browser.address()).hasQuery("sort=-accuracy");

    browser.one("#filter").sendKeys("fas");
    browser.awaitText(".range", "1–1 of 1");
    assertThat(names()).containsExactly("fast");
    assertThat(browser.console()).isEmpty();

    browser.one("#filter").sendKeys(">3");
    browser.awaitText("#filter-error", "'fas>3' can't be read: no such column.");
    assertThat(browser.one("#filter").getAttribute("aria-invalid")).isEqualTo("true");
    assertThat(names()).containsExactly("fast");
    assertThat(browser.console()).allMatch(it -> it.contains("status of 400")).isNotEmpty();

    browser.open(board.address("/?filter=nobody"));
    browser.awaitText(".notice", "Nothing matches.");
    browser.click("button", "Show everything");
    browser.awaitText(".range", "1–4 of 4");
  }

  @Test
  void rowsOfASweepOpenBelowIt() {
    browser.open(board.address("/?group=yes&sort=name"));
    browser.awaitText(".range", "1–2 of 2");
    browser.one(".opens").click();
    browser.one(".opens[aria-expanded=true]");
    assertThat(names()).containsExactly(HOSTILE, "sweep", "fast", "slow");
    assertThat(browser.address()).hasParameter("open", "sweep");
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void whatIsLeftOutOfALargeSweepIsSaidAndShown() throws Exception {
    for (int i = 0; i < 238; i++) {
      board.put("trial-%03d".formatted(i), Map.of("parent", "sweep"));
    }
    browser.open(board.address("/?group=yes&sort=name"));
    browser.awaitText(".range", "1–2 of 2");
    browser.one(".opens").click();
    browser.awaitText(".rest", "100 of 240 parts");
    assertThat(names()).hasSize(102);

    browser.run("document.querySelector('.rest button').focus()");
    browser.one(".rest button").sendKeys(Keys.ENTER);
    browser.one("[data-id=trial-237]");
    assertThat(names()).hasSize(242).endsWith("trial-237");
    assertThat(browser.all(".rest")).isEmpty();
    assertThat(browser.run("return document.activeElement.textContent")).isEqualTo("trial-098");
    assertThat(browser.address()).hasParameter("whole", "sweep");

    board.remove("trial-000");
    board.put("trial-237", Map.of("state", "failed"));
    browser.awaitText("[data-id=trial-237]", "failed");
    assertThat(browser.all("[data-id=trial-000]")).isEmpty();
    assertThat(names()).hasSize(241);

    browser.one(".opens").click();
    browser.one(".opens[aria-expanded=false]");
    assertThat(names()).hasSize(2);
    assertThat(browser.address()).hasNoParameter("whole");
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void theWholeOfALargeSweepIsOnItsPageInPages() throws Exception {
    for (int i = 0; i < 238; i++) {
      board.put("trial-%03d".formatted(i), Map.of("parent", "sweep"));
    }
    board.put("sweep", Map.of("children", 240));
    board.describe(
        "sweep",
        Map.of("lineage", List.of(Map.of("id", "fast", "name", "fast", "relation", "holds"))),
        List.of());
    browser.open(board.address("/?entry=sweep&sort=name"));
    browser.awaitText(".range", "1–100 of 240");
    browser.awaitText("#lineage", "Of 240 parts the first ones; Parts has all of them.");
    browser.click(".pages button", "Next");
    browser.awaitText(".range", "101–200 of 240");
    browser.click(".pages button", "Next");
    browser.awaitText(".range", "201–240 of 240");
    assertThat(names()).hasSize(40).endsWith("trial-237");
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void rowsChangeInPlaceAndFocusStays() throws Exception {
    for (int i = 0; i < 40; i++) {
      board.put("run-%02d".formatted(i), Map.of());
    }
    browser.open(board.address("/?sort=name"));
    browser.awaitText(".range", "1–44 of 44");
    browser.run("document.querySelector('[data-id=third] a').focus()");
    browser.run("scrollTo(0, 300)");
    browser.one("[data-id=slow] input").click();
    browser.run("document.querySelector('[data-id=third] a').focus({preventScroll: true})");
    Object place = browser.run("return scrollY");

    board.put("third", Map.of("state", "failed", "reason", "no memory"));
    board.put("a-new-one", Map.of());
    board.remove("fast");

    browser.awaitText("[data-id=third]", "no memory");
    browser.awaitText("[data-id=a-new-one]", "a-new-one");
    assertThat(browser.all("[data-id=fast]")).isEmpty();
    assertThat(browser.run("return document.activeElement.closest('tr').dataset.id"))
        .isEqualTo("third");
    assertThat(browser.one("[data-id=slow] input").isSelected()).isTrue();
    assertThat(browser.run("return document.querySelector('#announcements').textContent"))
        .isEqualTo(HOSTILE + ": failed");
    assertThat(((Number) browser.run("return scrollY")).doubleValue())
        .isCloseTo(((Number) place).doubleValue(), offset(60.0));
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void aRunShowsTheReportAndWhatGoesOn() throws Exception {
    describeRun("third", 0.5);
    browser.open(board.address("/"));
    browser.awaitText(".range", "1–4 of 4");
    browser.click(".name-cell a", HOSTILE);

    browser.awaitText("h1", HOSTILE);
    browser.awaitText("#live", "round-003-member-00");
    browser.one("#accuracy canvas");
    assertThat(browser.texts(".lead")).containsExactly("zoo of 3 tasks, seed 7: as it is now.");
    assertThat(browser.texts("#configuration tbody tr").get(0)).contains("training.epochs", "40");
    browser.click("#accuracy .legend button", "birds");
    browser.click("#accuracy summary", "As a table");
    browser.click("#events summary", "Show the log");
    browser.awaitText("#events", "1 event, the newest first.");

    describeRun("third", 0.75);
    board.put("third", Map.of("state", "finished", "done", 8));

    browser.awaitText(".state-line", "finished");
    browser.awaitText("#accuracy td", "75.0");
    assertThat(browser.all("#accuracy details[open]")).hasSize(1);
    assertThat(browser.texts("#accuracy .legend button[aria-pressed=false]"))
        .containsExactly("birds");
    assertThat(browser.console()).isEmpty();

    board.remove("third");
    browser.awaitText(".notice", "There is no entry 'third'.");
  }

  @Test
  void aSweepsPageListsItsExperimentsAndLinksThem() {
    board.describe(
        "sweep",
        Map.of("lineage", List.of(Map.of("id", "fast", "name", "fast", "relation", "holds"))),
        List.of(
            section(
                "experiments",
                "<p><a href=\"./fast/report.html\">fast</a>"
                    + " <a href=\"./gone/report.html\">gone</a></p>")));
    browser.open(board.address("/?entry=sweep"));
    browser.awaitText("#experiments p:last-child", "fast gone");
    assertThat(names()).containsExactly("fast", "slow");
    assertThat(browser.texts("#experiments a")).containsExactly("fast");
    browser.click("#experiments a", "fast");
    browser.awaitText("h1", "fast");
    assertThat(browser.address()).hasQuery("entry=fast");
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void selectedRunsAreCompared() {
    describeRun("fast", 0.75);
    board.describe(
        "slow",
        Map.of(
            "configuration",
            List.of(
                key("data.set.name", "letters", "letters", false),
                key("training.epochs", "20", "20", false))),
        List.of());
    browser.open(board.address("/?sort=name"));
    browser.awaitText(".range", "1–4 of 4");
    browser.one("[data-id=fast] input").click();
    browser.one("[data-id=slow] input").click();
    browser.click(".chosen-bar a", "Compare");

    browser.awaitText("h1", "Comparison of 2 runs");
    browser.awaitText("#comparison", "the runs side by side");
    assertThat(browser.texts("#configuration tbody tr")).containsExactly("training.epochs 40 20");
    browser.back();
    browser.awaitText(".chosen-bar", "2 rows selected");
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void aServerThatHasGoneIsSaidAndAwaited() throws Exception {
    browser.open(board.address("/"));
    browser.awaitText("#connection", "live");
    browser.awaitText(".range", "1–4 of 4");
    int port = board.port();
    board.close();
    browser.awaitText("#connection", "The server is gone since");
    assertThat(names()).hasSize(4);

    board = new BoardStub(port);
    browser.awaitText("#connection", "live");
    browser.awaitText(".notice", "Nothing here yet.");
  }

  @Test
  void nothingIsWiderThanAPhone() {
    describeRun("third", 0.5);
    browser.resize(500, 844);
    for (String address : List.of("/", "/?entry=third", "/?compare=fast,slow")) {
      browser.open(board.address(address));
      browser.one("section, .grid tbody tr");
      assertThat(browser.run("return document.documentElement.scrollWidth <= innerWidth"))
          .as(address)
          .isEqualTo(true);
    }
    assertThat(browser.console()).isEmpty();
  }

  private void describeRun(String id, double accuracy) {
    DataTable table = new DataTable(1, List.of("task", "accuracy, %"));
    table.addContent(
        List.of(text("birds"), Bar.of("%.1f".formatted(100 * accuracy), accuracy, Bar.Kind.SHARE)));
    Chart chart =
        new Chart.Lines(
            new Chart.Axes("round", "accuracy, %"),
            List.of(
                new Chart.Line("birds", 0, List.of(new double[] {1, 25}, new double[] {2, 50})),
                new Chart.Line(HOSTILE, 1, List.of(new double[] {1, 50}, new double[] {2, 75}))));
    board.describe(
        id,
        Map.of(
            "live",
            Map.of(
                "message",
                "round 4 of 8",
                "members",
                List.of(Map.of("member", "round-003-member-00", "epoch", 2, "epochs", 40))),
            "configuration",
            List.of(
                key("data.set.name", "letters", "letters", false),
                key("training.epochs", "40", "20", true)),
            "command",
            "deploy/modelzoo train"),
        List.of(
            section("accuracy", Figure.of("Accuracy of the tasks", chart, table).render()),
            section("comparison", "<p>the runs side by side</p>")));
  }

  private static Map<String, Object> section(String id, String html) {
    return Map.of("id", id, "title", "Section " + id, "explanation", "What it is.", "html", html);
  }

  private static Map<String, Object> key(
      String key, String value, String usual, boolean isChanged) {
    return Map.of("key", key, "value", value, "default", usual, "changed", isChanged);
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (WebElement link : browser.all(".name-cell a")) {
      names.add(link.getText());
    }
    return names;
  }
}
