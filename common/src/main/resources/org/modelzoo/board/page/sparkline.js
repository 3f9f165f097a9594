/* A small line of accuracies. */

import { drawing } from "./elements.js";
import { percent } from "./formats.js";

const WIDTH = 84;
const HEIGHT = 22;
const EDGE = 3;
/** Smaller changes than this share aren't blown up to the whole height. */
const LEAST_SPAN = 0.05;

/**
 * The line, and what it says in words.
 *
 * @param values shares of 1 in the order of time
 */
export const sparkline = (values) => {
  const low = Math.min(...values);
  const span = Math.max(LEAST_SPAN, Math.max(...values) - low);
  const x = (i) => EDGE + (i * (WIDTH - 2 * EDGE)) / Math.max(1, values.length - 1);
  const y = (value) => HEIGHT - EDGE - ((value - low) / span) * (HEIGHT - 2 * EDGE);
  const last = values.length - 1;
  return drawing(
    "svg",
    {
      class: "sparkline",
      width: WIDTH,
      height: HEIGHT,
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      role: "img",
      "aria-label": `accuracy from ${percent(values[0])} to ${percent(values[last])} %`,
    },
    drawing("polyline", {
      points: values.map((value, i) => x(i).toFixed(1) + "," + y(value).toFixed(1)).join(" "),
    }),
    drawing("circle", { cx: x(last).toFixed(1), cy: y(values[last]).toFixed(1), r: 2.2 }));
};
