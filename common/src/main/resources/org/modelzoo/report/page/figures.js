/* Draws figures and their legends. */
"use strict";

const swatch = (entry) => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("width", "20");
  svg.setAttribute("height", "12");
  svg.setAttribute("aria-hidden", "true");
  const path = svg.appendChild(
    document.createElementNS("http://www.w3.org/2000/svg", "path"));
  if (entry.symbol) {
    path.setAttribute("d", entry.symbol);
    path.setAttribute("fill", entry.colour);
  } else {
    path.setAttribute("d", "M0 6h20");
    path.setAttribute("stroke", entry.colour);
    path.setAttribute("stroke-width", "3");
    path.setAttribute(
      "stroke-dasharray", { solid: "", dashed: "5 2.5", dotted: "2 2" }[entry.dash]);
  }
  return svg;
};

const legend = (chart, entries, hidden, box) => {
  const all = document.createElement("button");
  const buttons = entries.map((entry) => {
    const button = document.createElement("button");
    button.append(swatch(entry), document.createTextNode(entry.name));
    button.addEventListener("click", () => show(entry.name, hidden.has(entry.name)));
    button.addEventListener("pointerenter", () =>
      chart.dispatchAction({ type: "highlight", seriesName: entry.name }));
    button.addEventListener("pointerleave", () =>
      chart.dispatchAction({ type: "downplay", seriesName: entry.name }));
    return button;
  });
  const tell = () => {
    buttons.forEach((button, i) =>
      button.setAttribute("aria-pressed", String(!hidden.has(entries[i].name))));
    all.textContent = hidden.size > 0 ? "Show all" : "Hide all";
  };
  const show = (name, shown) => {
    if (shown) {
      hidden.delete(name);
    } else {
      hidden.add(name);
    }
    chart.dispatchAction({ type: shown ? "legendSelect" : "legendUnSelect", name });
    tell();
  };
  all.addEventListener("click", () => {
    const shown = hidden.size > 0;
    entries.forEach((entry) => show(entry.name, shown));
  });
  tell();
  const children = entries.length > 4 ? [all, ...buttons] : buttons;
  children.forEach((button) => (button.type = "button"));
  box.replaceChildren(...children);
};

const merged = (option) => {
  const common = base();
  return { ...common, ...option, tooltip: { ...common.tooltip, ...option.tooltip } };
};

/**
 * Draws a figure of Figure.java, and again when its width or the colours change.
 *
 * @param hidden names of curves that are not shown; the legend changes it
 * @returns its label, what is hidden, and a function that lets go of it
 */
const draw = (figure, hidden = new Set()) => {
  const place = figure.querySelector(".chart");
  const spec = JSON.parse(figure.querySelector("script").textContent);
  const box = document.createElement("div");
  box.className = "legend";
  place.after(box);
  let chart = null;
  let drawn = 0;
  const paint = () => {
    drawn = place.clientWidth;
    if (drawn === 0) {
      return;
    }
    const plan = kinds[spec.kind](spec, drawn);
    place.style.height = plan.height + "px";
    chart?.dispose();
    chart = echarts.init(place, null, { renderer: "canvas" });
    const option = merged(plan.option);
    if (option.legend) {
      option.legend.selected = Object.fromEntries([...hidden].map((name) => [name, false]));
      option.legend.data = plan.legend.map((entry) => entry.name);
    }
    chart.setOption(option);
    legend(chart, plan.legend || [], hidden, box);
  };
  paint();
  const watch = new ResizeObserver(() => {
    if (place.clientWidth !== drawn) {
      paint();
    }
  });
  watch.observe(place);
  dark.addEventListener("change", paint);
  return {
    label: place.getAttribute("aria-label"),
    hidden,
    dispose: () => {
      watch.disconnect();
      dark.removeEventListener("change", paint);
      chart?.dispose();
    },
  };
};

/**
 * Draws all figures inside an element.
 *
 * @param hidden by label of a figure, the names of its curves that are not shown
 */
const drawFigures = (place, hidden = new Map()) =>
  [...place.querySelectorAll("figure")]
    .filter((figure) => figure.querySelector(".chart"))
    .map((figure) =>
      draw(figure, hidden.get(figure.querySelector(".chart").getAttribute("aria-label"))));
