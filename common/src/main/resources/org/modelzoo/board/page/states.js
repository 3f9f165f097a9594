/* The states of runs: a sign and a word, never a colour alone. */

import { element } from "./elements.js";

const SIGNS = {
  waiting: "◌",
  running: "▶",
  finished: "✓",
  failed: "✕",
  killed: "■",
  damaged: "!",
};

/** All states there are, as they may be chosen. */
export const STATES = Object.keys(SIGNS);

/** A state as a small label. */
export const badge = (state) =>
  element(
    "span",
    { class: "badge " + (state in SIGNS ? state : "waiting") },
    element("span", { "aria-hidden": "true" }, SIGNS[state] || "?"),
    " " + state);

/**
 * How far something is: a bar, and the numbers.
 *
 * @param unit what is counted; empty to leave it out
 */
export const progress = (entry, unit) => {
  if (entry.done === null || entry.done === undefined) {
    return element("span", {}, "–");
  }
  const numbers = entry.planned ? `${entry.done} of ${entry.planned}` : String(entry.done);
  return element(
    "span",
    { class: "progress" },
    entry.planned
      ? element("progress", {
          max: entry.planned,
          value: Math.min(entry.done, entry.planned),
          "aria-label": "progress of " + entry.name,
        })
      : null,
    element("span", {}, unit ? numbers + " " + unit : numbers));
};
