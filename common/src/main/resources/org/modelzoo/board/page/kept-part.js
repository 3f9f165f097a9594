/* A part of a page that is built anew only when what it shows has changed. */

import { element } from "./elements.js";

/**
 * A place for it.
 *
 * @param build from an answer to a node, or null for nothing
 * @param key of what is shown
 * @returns its node and update(answer); opened details and scroll stay
 */
export const keptPart = (build, key) => {
  const node = element("div", {});
  let shown = null;
  const update = (answer) => {
    const wanted = JSON.stringify(key(answer));
    if (wanted === shown) {
      return;
    }
    shown = wanted;
    const open = [...node.querySelectorAll("details")].map((it) => it.open);
    const scrolled = [...node.querySelectorAll(".scroll")].map((it) => [it.scrollLeft, it.scrollTop]);
    const focused = [...node.querySelectorAll("a, button, summary, [tabindex]")].indexOf(
      document.activeElement);
    const content = build(answer);
    node.replaceChildren(...(content ? [content] : []));
    node.querySelectorAll("details").forEach((it, i) => (it.open = open[i] ?? false));
    node.querySelectorAll(".scroll").forEach((it, i) => it.scrollTo(...(scrolled[i] ?? [0, 0])));
    node
      .querySelectorAll("a, button, summary, [tabindex]")
      [focused]?.focus({ preventScroll: true });
  };
  return { node, update };
};
