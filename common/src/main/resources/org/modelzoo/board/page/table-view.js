/* The table of everything under the roots. */

import { element } from "./elements.js";
import { entryList, nothingHere } from "./entry-list.js";
import { filterBar } from "./filter-bar.js";
import { paced } from "./paced.js";
import { showRoots } from "./roots.js";

const PAUSE_MILLISECONDS = 1_000;
const AGES_MILLISECONDS = 30_000;

/** Shows it; what is returned follows changes until it is left. */
export const showTable = (place, view, page) => {
  document.title = "Model Zoo board";
  const list = entryList(view, {
    announce: page.announce,
    advice: (answer) =>
      nothingHere(answer, (patch) => {
        list.set(patch);
        bar.update();
      }),
    refuse: (message) => bar.refuse(message),
    onanswer: (answer) => showRoots(answer.roots),
  });
  const bar = filterBar(view, list.set);
  place.replaceChildren(element("h1", { class: "unseen" }, "All runs"), bar.node, list.node);
  const refresh = paced(list.load, PAUSE_MILLISECONDS);
  const ages = setInterval(refresh, AGES_MILLISECONDS);
  return {
    ready: list.load(),
    change: refresh,
    leave: () => {
      refresh.stop();
      clearInterval(ages);
    },
  };
};
