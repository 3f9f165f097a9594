/* The table of runs: rows change in place, so that focus, selection and scroll stay. */

import { entryAddress } from "./address.js";
import { columnsOf, sameness } from "./columns.js";
import { button, element } from "./elements.js";
import { count, counted } from "./formats.js";

/** A baseline lies in its run's directory, and its own name is that of its method. */
const runOf = ({ entry, depth }) =>
  entry.kind === "baseline" && depth === 0
    ? element("span", { class: "soft" }, " of " + entry.path.split("/").at(-3))
    : null;

const nameCell = (row, onopen) => {
  const { entry, depth, isOpen } = row;
  const opens =
    isOpen === undefined
      ? null
      : button(isOpen ? "▾" : "▸", () => onopen(entry.id), {
          class: "opens",
          "aria-expanded": String(isOpen),
          "aria-label": "Show what belongs to " + entry.name,
        });
  return element(
    "div",
    { class: "name-cell depth-" + Math.min(3, depth) },
    opens,
    element("a", { href: entryAddress(entry.id), title: entry.path }, entry.name),
    runOf(row),
    entry.children > 0 ? element("span", { class: "soft" }, " " + counted(entry.children, "part")) : null);
};

/** Says that parts are left out, and shows them. */
const restCell = ({ rest, depth }, onwhole) =>
  element(
    "div",
    { class: "name-cell depth-" + Math.min(3, depth) },
    element("span", { class: "soft" }, `${count(rest.shown)} of ${counted(rest.matching, "part")} `),
    button("Show all", () => onwhole(rest.of)));

const idOf = (row) => (row.entry ? row.entry.id : "rest of " + row.rest.of);

const setCell = (cell, key, content) => {
  if (cell.dataset.key !== key) {
    cell.dataset.key = key;
    const focused = cell.contains(document.activeElement) ? document.activeElement.tagName : null;
    cell.replaceChildren(...[content()].flat().filter((it) => it !== null));
    if (focused !== null) {
      cell.querySelector(focused)?.focus({ preventScroll: true });
    }
  }
};

/** Puts rows into this order and moves as few as that needs. */
const arrange = (body, wanted) => {
  const focused = document.activeElement;
  let place = body.firstChild;
  wanted.forEach((row) => {
    if (row === place) {
      place = place.nextSibling;
    } else {
      body.insertBefore(row, place);
    }
  });
  while (place) {
    const gone = place;
    place = place.nextSibling;
    gone.remove();
  }
  if (focused !== document.activeElement && body.contains(focused)) {
    focused.focus({ preventScroll: true });
  }
};

/**
 * An empty table.
 *
 * @param on sort(field), open(id), select(id, whether) and whole(id), which is a promise
 * @returns its node, and update(rows, view), with the rows that entry-rows.js tells of
 */
export const entryGrid = (label, on) => {
  const head = element("tr", {});
  const body = element("tbody", {});
  const node = element(
    "div",
    { class: "scroll grid", tabindex: 0, role: "region", "aria-label": label },
    element("table", {}, element("thead", {}, head), body));
  const rows = new Map();
  let columns = [];

  const heading = (column) =>
    element(
      "th",
      { scope: "col", class: column.number ? "number" : null, "data-sort": column.sort },
      column.sort
        ? button(column.title, () => on.sort(column), { class: "sorts" })
        : column.title);

  const setHeadings = (view) => {
    const wanted = columnsOf(view.columns);
    if (columns.map((it) => it.id).join() !== wanted.map((it) => it.id).join()) {
      columns = wanted;
      rows.clear();
      body.replaceChildren();
      head.replaceChildren(
        element("th", { scope: "col", class: "selects" }, element("span", { class: "unseen" }, "Select")),
        heading({ title: "Name", sort: "name", first: "" }),
        ...columns.map(heading));
    }
    const field = view.sort.replace(/^-/, "");
    head.querySelectorAll("th[data-sort]").forEach((cell) => {
      const direction = view.sort.startsWith("-") ? "descending" : "ascending";
      if (cell.dataset.sort === field) {
        cell.setAttribute("aria-sort", direction);
      } else {
        cell.removeAttribute("aria-sort");
      }
    });
  };

  const newRow = (id) =>
    element(
      "tr",
      { "data-id": id },
      element(
        "td",
        { class: "selects" },
        element("input", {
          type: "checkbox",
          onchange: (event) => on.select(id, event.target.checked),
        })),
      element("th", { scope: "row" }),
      columns.map((column) => element("td", { class: column.number ? "number" : null })));

  const newRest = () =>
    element(
      "tr",
      { class: "rest" },
      element("td", { class: "selects" }),
      element("th", { scope: "row" }),
      element("td", { colspan: columns.length }));

  /** The button goes with its row, so the keyboard's place moves to the first row that came. */
  const showWhole = (id, row) => {
    const last = row.previousElementSibling;
    return on.whole(id).then(() => last?.nextElementSibling?.querySelector("a")?.focus());
  };

  const fillRest = (node, row) =>
    setCell(node.cells[1], JSON.stringify([row.rest, row.depth]), () =>
      restCell(row, (id) => showWhole(id, node)));

  const fill = (node, row, view) => {
    const { entry } = row;
    const box = node.querySelector("input");
    box.checked = view.selected.includes(entry.id);
    box.setAttribute("aria-label", "Select " + entry.name);
    node.classList.toggle("chosen", box.checked);
    setCell(
      node.cells[1],
      JSON.stringify([entry.name, entry.path, entry.children, row.depth, row.isOpen]),
      () => nameCell(row, on.open));
    columns.forEach((column, i) =>
      setCell(node.cells[i + 2], sameness(column, entry), () => column.value(entry)));
  };

  const update = (shown, view) => {
    setHeadings(view);
    const wanted = shown.map((row) => {
      const id = idOf(row);
      const known = rows.get(id) ?? (row.entry ? newRow(id) : newRest());
      rows.set(id, known);
      if (row.entry) {
        fill(known, row, view);
      } else {
        fillRest(known, row);
      }
      return known;
    });
    arrange(body, wanted);
    [...rows.keys()].filter((id) => !body.contains(rows.get(id))).forEach((id) => rows.delete(id));
  };
  return { node, update };
};
