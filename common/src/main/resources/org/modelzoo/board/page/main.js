/* Shows the view that the address names and keeps it fresh. */

import { followAddress } from "./address.js";
import { followChanges } from "./changes.js";
import { showComparison } from "./comparison-view.js";
import { say } from "./elements.js";
import { showEntry } from "./entry-view.js";
import { showTable } from "./table-view.js";

const VIEWS = { table: showTable, entry: showEntry, compare: showComparison };

const place = document.getElementById("view");
const connection = document.getElementById("connection");
const announcements = document.getElementById("announcements");

const page = { announce: (text) => say(announcements, text) };
let shown = null;

const show = async (view, scroll) => {
  const isFirst = shown === null;
  shown?.leave();
  shown = VIEWS[view.view](place, view, page);
  await shown.ready;
  if (scroll > 0) {
    window.scrollTo({ top: scroll, behavior: "instant" });
  } else if (!isFirst) {
    window.scrollTo({ top: 0, behavior: "instant" });
    place.focus({ preventScroll: true });
  }
};

const clock = () => new Date().toLocaleTimeString("en-GB");

followAddress(show);
followChanges(
  (what) => shown.change(what),
  (state) => {
    connection.className = "connection " + state;
    say(
      connection,
      state === "connected" ? "live" : `The server is gone since ${clock()}; trying again …`);
  });
