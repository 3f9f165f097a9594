/* What stands where there is nothing to show, or not yet. */

import { button, element } from "./elements.js";

/** While the first answer is awaited. */
export const loading = (what) =>
  element("p", { class: "notice", role: "status" }, "Loading " + what + " …");

/** Where there is nothing, and what to do about it. */
export const empty = (title, ...advice) =>
  element("div", { class: "notice" }, element("strong", {}, title), ...advice);

/**
 * Why there is no answer.
 *
 * @param again tries once more
 * @param heading h1 where nothing else is on the page
 */
export const failure = (error, again, heading = "strong") => {
  const advice = {
    0: "Is the program still running? The page tries again by itself.",
    401: "Open the address with the token that the board was started with: /?token=…",
    403: "The server doesn't take requests under this name of a host.",
    404: "It may have been deleted, or its store isn't being read any more.",
  }[error.status];
  return element(
    "div",
    { class: "notice bad", role: "alert" },
    element(heading, {}, error.message),
    advice ? element("p", {}, advice) : null,
    again ? element("p", {}, button("Try again", again)) : null,
    element("p", {}, element("a", { href: "/" }, "All runs")));
};
