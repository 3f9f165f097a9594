/* Parts of a run's page that the report doesn't have: members in flight, keys, kin, files, events. */

import { entryAddress } from "./address.js";
import { apiAddress, ask, entryPath } from "./api.js";
import { button, element, part, say, table } from "./elements.js";
import { liveRows } from "./entry-head.js";
import { bytes, counted, moment, text } from "./formats.js";

const EVENTS = 200;

const words = (...titles) => titles.map((title) => ({ title }));
const numbers = (...titles) => titles.map((title) => ({ title, number: true }));

/** What is being trained at this moment. */
export const livePart = ({ live }) =>
  live === null
    ? null
    : part(
        "live",
        "Now",
        live.message,
        live.members.length === 0
          ? element("p", {}, "No member is being trained at this moment.")
          : table(
              "Members in flight",
              [
                ...words("Member", "Where"),
                ...numbers("Epoch", "Done, %", "Loss", "Accuracy, %", "Images/s"),
              ],
              liveRows(live)));

const value = (it) => (it === null || it === undefined ? "–" : String(it));

const keyTable = (caption, keys) =>
  table(
    caption,
    words("Key", "Value", "Default"),
    keys.map((it) => [
      element("code", {}, it.key),
      it.changed ? element("strong", {}, value(it.value)) : value(it.value),
      value(it.default),
    ]));

/** The configuration: first what differs from the defaults. */
export const configurationPart = ({ entry, configuration }) => {
  if (configuration.length === 0) {
    return null;
  }
  const changed = configuration.filter((it) => it.changed);
  const others = configuration.filter((it) => !it.changed);
  return part(
    "configuration",
    "Configuration",
    counted(changed.length, "key") + " with a value other than the default.",
    changed.length > 0 ? keyTable("Keys that differ from the defaults", changed) : null,
    others.length > 0
      ? element(
          "details",
          { class: "alternative" },
          element("summary", {}, counted(others.length, "key") + " as by default"),
          keyTable("Keys that are as by default", others))
      : null,
    element(
      "p",
      {},
      element(
        "a",
        { href: apiAddress(entryPath(entry.id, "configuration.conf")), download: "" },
        "Download configuration.conf")));
};

/** What it comes from and what came from it. */
export const lineagePart = ({ lineage }) =>
  lineage.length === 0
    ? null
    : part(
        "lineage",
        "Lineage",
        "What it belongs to, comes from, or was continued as.",
        element(
          "ul",
          {},
          lineage.map((it) =>
            element(
              "li",
              {},
              it.relation + ": ",
              it.id ? element("a", { href: entryAddress(it.id) }, it.name) : it.name))));

/** The files of its directory. */
export const filesPart = ({ files }) =>
  files.length === 0
    ? null
    : part(
        "files",
        "Files",
        null,
        element(
          "details",
          { class: "alternative" },
          element("summary", {}, counted(files.length, "file")),
          table(
            "Files",
            [...words("Name"), ...numbers("Size")],
            files.map((it) => [it.name, bytes(it.bytes)]))));

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
 * The log of events, read once it is opened and page by page.
 *
 * @returns its node, and update(), which reads what was added
 */
export const eventLog = (id) => {
  const body = element("tbody", {});
  const status = element("p", { class: "soft", role: "status" });
  const more = button("Read on", () => read());
  let next = 0;
  let busy = false;

  const read = async () => {
    if (busy) {
      return;
    }
    busy = true;
    try {
      const from = next;
      const answer = await ask(entryPath(id, "events"), { offset: from, limit: EVENTS });
      body.append(...answer.events.map(eventRow));
      more.hidden = answer.next === null;
      next = answer.next ?? from + answer.events.length;
      say(status, counted(body.rows.length, "event") + " read, the oldest first.");
    } catch (error) {
      say(status, error.message);
      more.hidden = false;
    }
    busy = false;
  };
  const details = element(
    "details",
    { class: "alternative", ontoggle: () => details.open && next === 0 && read() },
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
    update: () => details.open && more.hidden && read(),
  };
};
