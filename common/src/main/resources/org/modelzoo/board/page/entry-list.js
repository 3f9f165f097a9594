/* A table of runs with its pages and what is done with chosen rows. */

import { addressOf, replaceAddress } from "./address.js";
import { apiAddress } from "./api.js";
import { button, element, say } from "./elements.js";
import { entryGrid } from "./entry-grid.js";
import { pageOf, PAGE_ROWS } from "./entry-rows.js";
import { count, counted } from "./formats.js";
import { empty, failure, loading } from "./notices.js";

const without = (list, ids) => list.filter((it) => !ids.includes(it));

const sentence = (rows, answer, view) => {
  const last = view.offset + answer.entries.length;
  const hidden = view.hidden.length > 0 ? `, ${count(view.hidden.length)} hidden` : "";
  return answer.matching === 0
    ? "nothing"
    : `${count(view.offset + 1)}–${count(last)} of ${count(answer.matching)}${hidden}`;
};

/** What chosen rows are for. */
const chosenBar = (view, set) => {
  const node = element("div", { class: "chosen-bar", hidden: true });
  const update = () => {
    const ids = view.selected;
    node.hidden = ids.length === 0;
    node.replaceChildren(
      element("span", {}, counted(ids.length, "row") + " selected"),
      ids.length > 1
        ? element("a", { class: "action", href: addressOf({ view: "compare", ids }) }, "Compare")
        : element("span", { class: "soft" }, "select another one to compare"),
      button("Hide", () => set({ hidden: [...view.hidden, ...without(ids, view.hidden)], selected: [] })),
      button("Clear the selection", () => set({ selected: [] })));
  };
  return { node, update };
};

/**
 * The list.
 *
 * @param view what is shown, changed by what is done here
 * @param options parent whose parts alone are shown; refuse(message) for a filter that can't be
 *     read; advice, shown where there is nothing; announce(text); onanswer(answer)
 * @returns its node, set(patch) and load(), which is a promise
 */
export const entryList = (view, options) => {
  const status = element("p", { class: "range", role: "status" });
  const pages = element("div", { class: "pages" });
  const place = element("div", {}, loading("the table"));
  const download = element("a", { download: "" }, "CSV");
  let asked = 0;
  let states = null;

  const set = (patch) => {
    Object.assign(view, patch);
    replaceAddress(view);
    return load();
  };
  const grid = entryGrid("All that matches", {
    sort: (column) => {
      const other = view.sort.startsWith("-") ? "" : "-";
      const isNow = view.sort.replace(/^-/, "") === column.sort;
      set({ sort: (isNow ? other : column.first) + column.sort, offset: 0 });
    },
    open: (id) =>
      set(
        view.open.includes(id)
          ? { open: without(view.open, [id]), whole: without(view.whole, [id]) }
          : { open: [...view.open, id] }),
    whole: (id) => set({ whole: [...view.whole, id] }),
    select: (id, whether) =>
      set({ selected: whether ? [...view.selected, id] : without(view.selected, [id]) }),
  });
  const bar = chosenBar(view, set);

  const turn = (text, offset, possible) =>
    button(text, () => set({ offset }).then(() => place.scrollIntoView({ block: "nearest" })), {
      disabled: !possible,
    });
  const showPages = (answer) => {
    const focused = [...pages.children].indexOf(document.activeElement);
    pages.replaceChildren(
      turn("Previous", Math.max(0, view.offset - PAGE_ROWS), view.offset > 0),
      turn("Next", view.offset + PAGE_ROWS, view.offset + PAGE_ROWS < answer.matching),
      view.hidden.length > 0 ? button("Show hidden rows", () => set({ hidden: [] })) : "");
    pages.children[focused]?.focus({ preventScroll: true });
    pages.hidden = answer.matching <= PAGE_ROWS && view.offset === 0 && view.hidden.length === 0;
  };

  const announceStates = (rows) => {
    const now = new Map(rows.map(({ entry }) => [entry.id, entry.state]));
    if (states) {
      rows
        .filter(({ entry }) => states.has(entry.id) && states.get(entry.id) !== entry.state)
        .slice(0, 3)
        .forEach(({ entry }) => options.announce(`${entry.name}: ${entry.state}`));
    }
    states = now;
  };

  const show = ({ answer, rows }) => {
    if (view.offset > 0 && answer.entries.length === 0 && answer.matching > 0) {
      set({ offset: 0 });
      return;
    }
    say(status, sentence(rows, answer, view));
    showPages(answer);
    bar.update();
    announceStates(rows.filter((row) => row.entry));
    if (rows.length === 0 && view.hidden.length === 0) {
      place.replaceChildren(options.advice(answer, set));
    } else {
      grid.update(rows, view);
      if (grid.node.parentNode !== place) {
        place.replaceChildren(grid.node);
      }
    }
    options.onanswer?.(answer);
  };

  const load = async () => {
    const number = ++asked;
    download.href = apiAddress("entries.csv", {
      filter: view.filter, kind: view.kind, state: view.state, sort: view.sort, parent: options.parent ?? null,
    });
    try {
      const page = await pageOf(view, options.parent);
      if (number === asked) {
        options.refuse?.("");
        show(page);
      }
    } catch (error) {
      if (number !== asked) {
        return;
      }
      if (error.status === 400 && options.refuse) {
        options.refuse(error.message);
        say(status, "as before: the filter can't be read");
      } else if (grid.node.parentNode !== place || error.status !== 0) {
        place.replaceChildren(failure(error, load));
      }
    }
  };
  const node = element(
    "div",
    { class: "entry-list" },
    element("div", { class: "line" }, status, download),
    place,
    pages,
    bar.node);
  return { node, set, load };
};

/** What stands where a list has nothing to show. */
export const nothingHere = (answer, set) =>
  answer.total === 0
    ? empty(
        "Nothing here yet.",
        element("p", {}, "Runs, sweeps, studies and zoos appear by themselves once there are some under:"),
        element("ul", {}, answer.roots.map((root) => element("li", {}, element("code", {}, root.root)))))
    : empty(
        "Nothing matches.",
        element("p", {}, button("Show everything", () => set({ filter: "", kind: "", state: "", offset: 0 }))));
