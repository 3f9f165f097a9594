/* Builds elements. Everything that comes from files becomes text, never markup. */

const SVG = "http://www.w3.org/2000/svg";

const filled = (node, attributes, children) => {
  Object.entries(attributes).forEach(([name, value]) => {
    if (name.startsWith("on")) {
      node.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  });
  node.append(...children.flat(2).filter((child) => child !== null && child !== undefined));
  return node;
};

/**
 * An element of HTML.
 *
 * @param attributes by name; null and false leave one out, onclick and the like are listeners
 * @param children nodes and text; null ones are left out
 */
export const element = (name, attributes = {}, ...children) =>
  filled(document.createElement(name), attributes, children);

/** As element(), of SVG. */
export const drawing = (name, attributes = {}, ...children) =>
  filled(document.createElementNS(SVG, name), attributes, children);

/** A button that submits nothing. */
export const button = (text, onclick, attributes = {}) =>
  element("button", { type: "button", onclick, ...attributes }, text);

/** A choice of one of several values, each with the text that is shown. */
export const choice = (label, values, chosen, onchoose) =>
  element(
    "label",
    {},
    label + " ",
    element(
      "select",
      { onchange: (event) => onchoose(event.target.value) },
      values.map(([value, text]) =>
        element("option", { value, selected: value === chosen }, text))));

/** Sets the text of an element unless it is that already, so that nothing is read out twice. */
export const say = (node, text) => {
  if (node.textContent !== text) {
    node.textContent = text;
  }
};

/** Adds an element that a caption and a heading make a part of the page. */
export const part = (id, title, explanation, ...children) =>
  element(
    "section",
    { id, "aria-labelledby": id + "-title" },
    element("h2", { id: id + "-title" }, title),
    explanation ? element("p", { class: "explanation" }, explanation) : null,
    ...children);

/** A table as those of the report: names to the left, numbers to the right. */
export const table = (caption, header, rows) =>
  element(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    element(
      "table",
      {},
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          header.map((column) =>
            element(
              "th", { scope: "col", class: column.number ? "number" : null }, column.title)))),
      element(
        "tbody",
        {},
        rows.map((cells) =>
          element(
            "tr",
            {},
            cells.map((cell, i) =>
              i === 0
                ? element("th", { scope: "row" }, cell)
                : element("td", { class: header[i].number ? "number" : null }, cell)))))));
