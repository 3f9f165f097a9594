/* The table of runs: rows change in place, so that focus, selection and scroll stay. */

import { entryAddress } from "./address.js";
import { columnsOf, sameness } from "./columns.js";
import { button, element } from "./elements.js";
import { counted } from "./formats.js";

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
    entry.children > 0 ? element("span", { class: "soft" }, " " + counted(entry.children, "part")) : null);
};

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
 * @param on sort(field), open(id) and select(id, whether)
 * @returns its node, and update(rows, view): each row with entry, depth and, where it can be
 *     opened, isOpen
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
      const known = rows.get(row.entry.id) ?? newRow(row.entry.id);
      rows.set(row.entry.id, known);
      fill(known, row, view);
      return known;
    });
    arrange(body, wanted);
    [...rows.keys()].filter((id) => !body.contains(rows.get(id))).forEach((id) => rows.delete(id));
  };
  return { node, update };
};
