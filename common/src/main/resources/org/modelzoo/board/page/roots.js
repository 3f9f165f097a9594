/* The places that are read, where one of them has trouble. */

import { element } from "./elements.js";

const TROUBLES = {
  scanning: "is being read for the first time",
  slow: "answers slowly; what is known of it is shown",
  unreachable: "can't be reached; what was known of it is shown",
  missing: "isn't there yet",
};

/** Says at the top of the page what is wrong with the roots. */
export const showRoots = (roots) => {
  const place = document.getElementById("roots");
  const wanted = JSON.stringify(roots);
  if (place.dataset.key !== wanted) {
    place.dataset.key = wanted;
    place.replaceChildren(
      ...roots
        .filter((root) => root.state !== "ok")
        .map((root) =>
          element(
            "p",
            { class: "notice" + (root.state === "unreachable" ? " bad" : ""), role: "status" },
            element("code", {}, root.root),
            " " + (TROUBLES[root.state] ?? root.state) + (root.message ? ": " + root.message : "."))));
  }
};
