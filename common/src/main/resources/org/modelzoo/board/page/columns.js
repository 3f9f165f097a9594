/* The columns of the table of runs. */

import { element } from "./elements.js";
import { age, count, digits, duration, hours, percent, text } from "./formats.js";
import { sparkline } from "./sparkline.js";
import { badge, progress } from "./states.js";

const state = (entry) => [
  badge(entry.state),
  entry.reason ? element("span", { class: "reason", title: entry.reason }, entry.reason) : null,
];

const engine = (entry) =>
  [entry.engine, entry.precision].filter((it) => it).join(" ") || text(null);

const trend = (entry) =>
  entry.trend?.length > 1 ? sparkline(entry.trend) : document.createTextNode("–");

const words = (id, title, value = (entry) => text(entry[id]), shown = true) => ({
  id,
  title,
  sort: id,
  first: "",
  value,
  shown,
});

const number = (id, title, value, shown = true) => ({
  id,
  title,
  sort: id,
  first: "-",
  number: true,
  value,
  shown,
});

/**
 * All columns but the name, which is always there: the field that they are sorted by, whether
 * large ones come first, and what is shown, text or nodes.
 */
export const COLUMNS = [
  words("state", "State", state),
  { ...number("done", "Progress", (entry) => progress(entry, "")), number: false },
  { ...number("eta", "Left", (entry) => duration(entry.eta)), first: "" },
  number("accuracy", "Accuracy, %", (entry) => percent(entry.accuracy)),
  { id: "trend", title: "Trend", sort: null, value: trend, shown: true },
  { ...number("forgetting", "Forgetting, %", (entry) => percent(entry.forgetting)), first: "" },
  words("kind", "Kind"),
  words("method", "Method"),
  words("data", "Data"),
  words("network", "Network"),
  words("engine", "Engine", engine),
  words("device", "Device"),
  { ...number("seed", "Seed", (entry) => text(entry.seed)), first: "" },
  number("imagesPerSecond", "Images/s", (entry) => count(entry.imagesPerSecond)),
  number("cardSeconds", "Card hours", (entry) => hours(entry.cardSeconds)),
  number("coreSeconds", "Core hours", (entry) => hours(entry.coreSeconds), false),
  number("started", "Age", (entry) => age(entry.started)),
  number("updated", "Last written", (entry) => age(entry.updated), false),
  words("owner", "Owner"),
  words("root", "Root", undefined, false),
  words("path", "Path", undefined, false),
];

/** The ids of the columns that are shown when nothing else was chosen. */
export const USUAL = COLUMNS.filter((column) => column.shown).map((column) => column.id);

/** The columns with these ids, in the order of the table. */
export const columnsOf = (ids) => COLUMNS.filter((column) => (ids ?? USUAL).includes(column.id));

/** Of what a cell shows, so that cells that show the same are left alone. */
export const sameness = (column, entry) => {
  const value = column.value(entry);
  return typeof value === "string"
    ? value
    : JSON.stringify([
        entry.state,
        entry.reason,
        entry.done,
        entry.planned,
        column.id === "trend" ? entry.trend : digits(entry.accuracy),
      ]);
};
