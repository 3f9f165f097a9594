/* The rows that a view of the table has, as the server tells them. */

import { ask } from "./api.js";

/** Rows of one page, and the first ones of what was opened inside it. */
export const PAGE_ROWS = 100;
/** As many as the server gives at once. */
const MOST_ROWS = 5_000;

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

/** The parts of an entry: the first ones and what is left out, or all of them. */
const rowsBelow = async (id, view, depth) => {
  const isWhole = view.whole.includes(id);
  const parts = [];
  let matching = 0;
  do {
    const answer = await ask("entries", {
      ...chosen(view),
      parent: id,
      offset: parts.length || null,
      limit: isWhole ? MOST_ROWS : PAGE_ROWS,
    });
    matching = answer.entries.length === 0 ? parts.length : answer.matching;
    parts.push(...answer.entries);
  } while (isWhole && parts.length < matching);
  const rows = await rowsOf(parts, view, depth);
  return parts.length < matching ? [...rows, { rest: { of: id, shown: parts.length, matching }, depth }] : rows;
};

/**
 * One page.
 *
 * @param parent whose parts alone are meant; null for everything
 * @returns the server's answer, and rows: of entry, depth and, where it can be opened, isOpen; or
 *     of rest and depth where parts are left out, which says how many of which entry
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
    ({ entry, rest }) =>
      rest || (!view.hidden.includes(entry.id) && !seen.has(entry.id) && seen.add(entry.id)));
  return { answer, rows };
};
