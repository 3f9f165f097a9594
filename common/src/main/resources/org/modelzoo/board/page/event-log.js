/* The log of events of a run, sweep or study. */

import { ask, entryPath } from "./api.js";
import { button, element, part, say } from "./elements.js";
import { counted, moment, text } from "./formats.js";

const EVENTS = 200;

const shownValue = (it) => (typeof it === "object" ? JSON.stringify(it) : String(it));

const eventRow = (event) => {
  const { event: name, at, ...rest } = event;
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, at ? moment(at) : "–"),
    element("td", {}, text(name)),
    element(
      "td",
      { class: "wide-cell" },
      Object.entries(rest).map(([key, it]) => `${key} ${shownValue(it)}`).join(", ")));
};

/**
 * The log of events, the newest first, read once it is opened and page by page.
 *
 * @returns its node, and update(), which reads what was added
 */
export const eventLog = (id) => {
  const body = element("tbody", {});
  const status = element("p", { class: "soft", role: "status" });
  const more = button("Show older ones", () => read(next), { hidden: true });
  let newest = null;
  let next = null;
  let busy = false;

  const showNewer = (events) => {
    const known = newest === null ? -1 : events.findLastIndex((it) => JSON.stringify(it) === newest);
    const added = events.slice(known + 1);
    if (known < 0) {
      body.replaceChildren();
      return added;
    }
    next = next === null ? null : next + added.length;
    return added;
  };
  const read = async (offset) => {
    if (busy) {
      return;
    }
    busy = true;
    try {
      const answer = await ask(entryPath(id, "events"), { offset, limit: EVENTS });
      const isOlder = offset > 0;
      const isFirst = body.rows.length === 0;
      const rows = (isOlder ? answer.events : showNewer(answer.events)).map(eventRow).reverse();
      if (isOlder) {
        body.append(...rows);
      } else {
        body.prepend(...rows);
        newest = JSON.stringify(answer.events.at(-1));
      }
      if (isOlder || isFirst || rows.length === answer.events.length) {
        next = answer.next;
      }
      more.hidden = next === null;
      say(status, counted(body.rows.length, "event") + ", the newest first.");
    } catch (error) {
      say(status, error.message);
    }
    busy = false;
  };
  const details = element(
    "details",
    { class: "alternative", ontoggle: () => details.open && read(0) },
    element("summary", {}, "Show the log"),
    status,
    element(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": "Events" },
      element(
        "table",
        {},
        element(
          "thead",
          {},
          element("tr", {}, ["Time", "Event", "Details"].map((it) => element("th", { scope: "col" }, it)))),
        body)),
    more);
  return {
    node: part("events", "Events", "What the driver has written down, as it happened.", details),
    update: () => details.open && read(0),
  };
};
