package org.modelzoo.report.page;

import static j2html.TagCreator.a;
import static j2html.TagCreator.body;
import static j2html.TagCreator.each;
import static j2html.TagCreator.footer;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.head;
import static j2html.TagCreator.header;
import static j2html.TagCreator.html;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.nav;
import static j2html.TagCreator.noscript;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.script;
import static j2html.TagCreator.section;
import static j2html.TagCreator.style;
import static j2html.TagCreator.title;

import j2html.tags.DomContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A page in one file: style, script and charts' library are inside it, and the browser is told to
 * load nothing from elsewhere.
 */
public final class Page {
  private static final String NOTHING_FROM_ELSEWHERE =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

  /** In the order in which they need each other. */
  private static final List<String> SCRIPTS =
      List.of("echarts.min.js", "look.js", "curves.js", "maps.js", "figures.js", "draw.js");

  private Page() {}

  /** The page as UTF-8. */
  public static byte[] of(PageContent content) {
    DomContent page =
        html(
                head(
                    meta().withCharset("utf-8"),
                    meta()
                        .attr("http-equiv", "Content-Security-Policy")
                        .withContent(NOTHING_FROM_ELSEWHERE),
                    meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                    meta().withName("color-scheme").withContent("light dark"),
                    title(content.title()),
                    style(rawHtml(resource("report.css")))),
                body(
                    header(
                        h1(content.title()),
                        p(content.lead()).withClass("lead"),
                        contents(content.sections())),
                    main(each(content.sections().stream().map(Page::part))),
                    footer(p(content.foot())),
                    noscript(p("Charts need JavaScript; the tables below them do not.")),
                    each(SCRIPTS.stream().map(name -> script(rawHtml(resource(name)))))))
            .withLang("en");
    return ("<!DOCTYPE html>\n" + page.render() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static DomContent contents(List<Section> sections) {
    return nav(each(sections.stream().map(it -> a(it.title()).withHref("#" + it.id()))))
        .attr("aria-label", "Contents");
  }

  private static DomContent part(Section part) {
    return section(
            h2(part.title()),
            p(part.explanation()).withClass("explanation"),
            each(part.content().stream()))
        .withId(part.id());
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the program's jar can't be read", e);
    }
  }
}
