/* What the charts of a report have in common: colours, axes, names that fit. */
"use strict";

const DASHES = ["solid", "dashed", "dotted"];
/** Circle, diamond, triangles up and down, square, cross: paths inside 20 × 12. */
const SYMBOLS = [
  "M10 1a5 5 0 1 0 .01 0z",
  "M10 0l6 6-6 6-6-6z",
  "M10 0l6 11H4z",
  "M10 12l6-11H4z",
  "M5 1h10v10H5z",
  "M8 0h4v4h4v4h-4v4H8V8H4V4h4z",
];
const COLOURS = 7;
const dark = window.matchMedia("(prefers-color-scheme: dark)");

const coarse = window.matchMedia("(pointer: coarse)").matches;

const css = (name) =>
  getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
const colour = (index) => css("c" + (index % COLOURS));
const dash = (index) => DASHES[Math.floor(index / COLOURS) % DASHES.length];
const symbol = (index) => SYMBOLS[index % SYMBOLS.length];
const shortened = (value) => (typeof value === "number" ? rounded(value) : value);
const rounded = (value) => Number(value.toPrecision(4)).toString().replace("-", "−");

/** Lines of plain text, or of text and its colour, as HTML: names come from files. */
const lines = (texts) => {
  const box = document.createElement("div");
  box.style.maxWidth = "16rem";
  box.style.whiteSpace = "normal";
  texts.forEach((entry, i) => {
    const [text, fill] = [].concat(entry);
    const line = box.appendChild(document.createElement(i === 0 ? "strong" : "div"));
    line.style.display = "block";
    line.textContent = text;
    if (fill) {
      line.style.borderLeft = "4px solid " + fill;
      line.style.paddingLeft = "6px";
      line.style.marginTop = "2px";
    }
  });
  return box;
};

/** The first and the last of more than a screen holds. */
const ends = (entries) =>
  entries.length > 16 ? [...entries.slice(0, 8), "…", ...entries.slice(-8)] : entries;

/** Fingers scroll the page, they don't drag what is in the chart. */
const dragZoom = () =>
  coarse
    ? []
    : [{ type: "inside", filterMode: "none", zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false }];

const slider = {
  type: "slider",
  filterMode: "none",
  height: 18,
  bottom: 8,
  brushSelect: false,
  showDetail: false,
};

const font = { fontFamily: "system-ui, sans-serif", fontSize: 12 };

const base = () => ({
  animation: false,
  textStyle: { ...font, color: css("ink") },
  tooltip: {
    confine: true,
    backgroundColor: css("card"),
    borderColor: css("line"),
    textStyle: { ...font, color: css("ink") },
  },
});

const axis = (more) => ({
  axisLine: { lineStyle: { color: css("soft") } },
  axisTick: { lineStyle: { color: css("line") } },
  axisLabel: { color: css("soft"), ...font, ...(more.axisLabel || {}) },
  splitLine: { lineStyle: { color: css("line") } },
  nameTextStyle: { color: css("soft"), ...font },
  ...Object.fromEntries(Object.entries(more).filter(([key]) => key !== "axisLabel")),
});

const ruler = document.createElement("canvas").getContext("2d");
ruler.font = "12px system-ui, sans-serif";
const longest = (names) => Math.max(0, ...names.map((name) => ruler.measureText(name).width));

/** Room for names at an axis: a third of the chart at most. */
const nameWidth = (names, width) => Math.ceil(Math.min(longest(names) + 2, width * 0.34));

/** How many letters of a name there is room for. */
const fitting = (name, room) => {
  let end = Math.min(name.length, 200);
  while (end > 1 && longest([name.slice(0, end)]) > room) {
    end--;
  }
  return end;
};

/** A name on two lines at most, broken between words where there is one. */
const folded = (name, room) => {
  const end = fitting(name, room);
  if (end === name.length) {
    return name;
  }
  const before = name.slice(0, end).search(/[ ,_.-][^ ,_.-]*$/) + 1;
  const after = name.slice(end, end + 4).search(/[ ,_.-]/) + 1;
  const first = before > end / 3 ? before : after > 0 ? end + after : end;
  return name.slice(0, first).trimEnd() + "\n" + name.slice(first).trimStart();
};

const areFolded = (names, width) => longest(names) + 2 > nameWidth(names, width);

const sideNames = (names, width) => ({
  type: "category",
  data: names,
  inverse: true,
  axisLabel: {
    width: nameWidth(names, width),
    overflow: "truncate",
    interval: 0,
    lineHeight: 13,
    formatter: (name) => folded(name, nameWidth(names, width)),
  },
  axisTick: { show: false },
  splitLine: { show: false },
});

const isLong = (chart) => chart.lines.some((line) => line.points.length > 12);
