/* The rows that a view of the table has, as the server tells them. */

import { ask } from "./api.js";

/** Rows of one page, and of what was opened inside it. */
export const PAGE_ROWS = 100;

const chosen = (view) => ({ filter: view.filter, kind: view.kind, state: view.state, sort: view.sort });

const rowsOf = async (entries, view, depth) => {
  const rows = await Promise.all(
    entries.map(async (entry) => {
      if (!view.group || entry.children === 0) {
        return [{ entry, depth }];
      }
      const isOpen = view.open.includes(entry.id);
      return [
        { entry, depth, isOpen },
        ...(isOpen ? await rowsBelow(entry.id, view, depth + 1) : []),
      ];
    }));
  return rows.flat();
};

const rowsBelow = async (id, view, depth) => {
  const answer = await ask("entries", { ...chosen(view), parent: id, limit: PAGE_ROWS });
  return rowsOf(answer.entries, view, depth);
};

/**
 * One page.
 *
 * @param parent whose parts alone are meant; null for everything
 * @returns the server's answer, and rows of entry, depth and, where it can be opened, isOpen
 * @throws NoAnswer of api.js
 */
export const pageOf = async (view, parent) => {
  const answer = await ask("entries", {
    ...chosen(view),
    parent: parent ?? (view.group ? "none" : null),
    offset: view.offset || null,
    limit: PAGE_ROWS,
  });
  const seen = new Set();
  const rows = (await rowsOf(answer.entries, view, 0)).filter(
    ({ entry }) => !view.hidden.includes(entry.id) && !seen.has(entry.id) && seen.add(entry.id));
  return { answer, rows };
};
