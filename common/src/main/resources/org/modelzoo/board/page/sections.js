/* Sections of the report inside the board: the server's markup, in which all text is escaped. */

import { entryAddress } from "./address.js";
import { element } from "./elements.js";

/** The only markup that isn't built here. Its scripts are data and don't run. */
const parsed = (html) => {
  const content = new DOMParser().parseFromString(html, "text/html");
  const nodes = document.createElement("div");
  nodes.append(...document.adoptNode(content.body).childNodes);
  return nodes;
};

/** Links of a sweep's report to its experiments' become links to these on the board. */
const linkParts = (place, relatives) => {
  place.querySelectorAll("a[href]").forEach((link) => {
    const address = link.getAttribute("href");
    if (!address.startsWith("#")) {
      const name = decodeURIComponent(address.replace(/^\.\//, "").replace(/\/report\.html$/, ""));
      const part = relatives.find((it) => it.name === name);
      if (part) {
        link.setAttribute("href", entryAddress(part.id));
      } else {
        link.replaceWith(...link.childNodes);
      }
    }
  });
};

/** What whoever looks has opened, scrolled and hidden. */
const marksOf = (section, figures) => ({
  open: [...section.querySelectorAll("details")].map((it) => it.open),
  scrolled: [...section.querySelectorAll(".scroll, pre")].map((it) => [it.scrollLeft, it.scrollTop]),
  hidden: new Map(figures.map((it) => [it.label, it.hidden])),
  focused: section.contains(document.activeElement)
    ? [...section.querySelectorAll("a, button, summary, [tabindex]")].indexOf(document.activeElement)
    : -1,
});

const putBack = (section, marks) => {
  section.querySelectorAll("details").forEach((it, i) => (it.open = marks.open[i] ?? false));
  section.querySelectorAll(".scroll, pre").forEach((it, i) =>
    it.scrollTo(...(marks.scrolled[i] ?? [0, 0])));
};

/**
 * A place for sections.
 *
 * @returns its node; update(sections, relatives), which leaves those alone that are the same as before;
 *     and leave()
 */
export const sectionList = () => {
  const node = element("div", { class: "sections" });
  const shown = new Map();

  const fill = (known, section, relatives) => {
    const marks = known.key === null ? null : marksOf(known.node, known.figures);
    known.figures.forEach((it) => it.dispose());
    known.node.style.minHeight = known.node.offsetHeight + "px";
    const content = parsed(section.html);
    linkParts(content, relatives);
    known.node.replaceChildren(
      element("h2", { id: "title-" + section.id }, section.title),
      element("p", { class: "explanation" }, section.explanation),
      ...content.childNodes);
    known.figures = drawFigures(known.node, marks?.hidden);
    if (marks) {
      putBack(known.node, marks);
      known.node
        .querySelectorAll("a, button, summary, [tabindex]")
        [marks.focused]?.focus({ preventScroll: true });
    }
    known.node.style.minHeight = "";
  };

  const update = (sections, relatives) => {
    const gone = [...shown.keys()].filter((id) => !sections.some((it) => it.id === id));
    gone.forEach((id) => {
      shown.get(id).figures.forEach((it) => it.dispose());
      shown.get(id).node.remove();
      shown.delete(id);
    });
    sections.forEach((section, i) => {
      const linked = section.html.includes("/report.html") ? relatives : [];
      const key = JSON.stringify([section, linked.map((it) => it.id)]);
      if (!shown.has(section.id)) {
        shown.set(section.id, {
          key: null,
          figures: [],
          node: element("section", { id: section.id, "aria-labelledby": "title-" + section.id }),
        });
      }
      const known = shown.get(section.id);
      if (node.children[i] !== known.node) {
        node.insertBefore(known.node, node.children[i] ?? null);
      }
      if (known.key !== key) {
        fill(known, section, relatives);
        known.key = key;
      }
    });
  };
  return {
    node,
    update,
    leave: () => shown.forEach((known) => known.figures.forEach((it) => it.dispose())),
  };
};
