/* What a zoo makes of an image: classes, and what each member says. */

import { drawing, element, table } from "./elements.js";
import { count, counted, percent } from "./formats.js";

/** More than these have to be opened. */
const FIRST_CLASSES = 10;
const FIRST_MEMBERS = 12;

const CLASS_COLUMNS = [{ title: "Class" }, { title: "Probability, %", number: true }];
const MEMBER_COLUMNS = [
  { title: "Member" }, { title: "Class" }, { title: "Probability, %", number: true }];

/** As those of the report's tables. */
const bar = (share) =>
  element(
    "span",
    { class: "bar share" },
    percent(share),
    drawing(
      "svg",
      { viewBox: "0 0 100 1", preserveAspectRatio: "none", "aria-hidden": "true" },
      drawing("rect", {
        x: (100 - 100 * share).toFixed(1), width: (100 * share).toFixed(1), height: 1 })));

/** A table of which only the first rows show at once. */
const tables = (caption, columns, rows, first) => [
  element("h3", {}, caption),
  table(caption, columns, rows.slice(0, first)),
  rows.length > first
    ? element(
        "details",
        { class: "alternative" },
        element("summary", {}, count(rows.length - first) + " more"),
        table(caption + ", the others", columns, rows.slice(first)))
    : null,
];

/** The nodes that show an answer of the predictions' route. */
export const predictionNodes = ({ classes, members, agreement }) => {
  const best = classes[0];
  const alike = Math.round(agreement * members.length);
  return [
    element(
      "p",
      { class: "verdict" },
      element("strong", {}, best.name),
      ` with ${percent(best.probability)} %; `,
      members.length === 1
        ? "the task has one member."
        : `${count(alike)} of ${counted(members.length, "member")} agree.`),
    ...tables(
      "Classes, the likeliest first",
      CLASS_COLUMNS,
      classes.map((it) => [it.name, bar(it.probability)]),
      FIRST_CLASSES),
    ...tables(
      "What each member says",
      MEMBER_COLUMNS,
      members.map((it) => [it.member, it.class, bar(it.probability)]),
      FIRST_MEMBERS),
  ].filter((node) => node !== null);
};
