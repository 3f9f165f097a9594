/* One run, baseline, sweep, study or zoo. */

import { ask, askSections, entryPath } from "./api.js";
import { element, part, say } from "./elements.js";
import { entryHead } from "./entry-head.js";
import { entryList, nothingHere } from "./entry-list.js";
import { configurationPart, filesPart, lineagePart, livePart } from "./entry-parts.js";
import { eventLog } from "./event-log.js";
import { keptPart } from "./kept-part.js";
import { failure, loading } from "./notices.js";
import { paced } from "./paced.js";
import { sectionList } from "./sections.js";
import { tryPart } from "./try-part.js";

const ENTRY_MILLISECONDS = 1_000;
/** Sections cost the server more than the rest. */
const SECTIONS_MILLISECONDS = 3_000;

const contents = (node) => {
  const titles = [...node.querySelectorAll("section[id]:not([hidden])")].map((section) =>
    element("a", { href: "#" + section.id }, section.querySelector("h2").textContent));
  return element("nav", { class: "contents", "aria-label": "Contents" }, titles);
};

/** Shows it; what is returned follows changes until it is left. */
export const showEntry = (place, view, page) => {
  document.title = "Model Zoo board";
  const head = entryHead(page.announce);
  const links = keptPart(() => contents(node), () =>
    [...node.querySelectorAll("section[id]:not([hidden]) > h2")].map((it) => it.textContent));
  const live = keptPart(livePart, (answer) => answer.live);
  const parts = [
    keptPart(configurationPart, (answer) => answer.configuration),
    keptPart(lineagePart, (answer) => [answer.lineage, answer.entry.children]),
    keptPart(filesPart, (answer) => answer.files),
  ];
  const events = eventLog(view.id);
  const sections = sectionList();
  const trial = tryPart(view.id);
  const trouble = element("div", {});
  const children = element("div", {});
  let list = null;
  let answer = null;
  let said = null;
  let rows = [];
  const node = element(
    "div",
    {},
    head.node,
    links.node,
    live.node,
    children,
    trouble,
    sections.node,
    trial.node,
    ...parts.map((it) => it.node),
    events.node);

  const loadChildren = () => {
    if (answer.entry.children > 0 && list === null) {
      list = entryList(view, {
        parent: view.id,
        announce: page.announce,
        advice: nothingHere,
        onanswer: (it) => {
          rows = it.entries;
        },
      });
      children.replaceChildren(
        part("parts", "Parts", "Runs, experiments, trials or baselines that belong to it.", list.node));
    }
    return list?.load();
  };

  const loadSections = async () => {
    try {
      const report = await askSections(view.id);
      said = report.lead;
      trouble.replaceChildren();
      sections.update(report.sections, answer?.lineage ?? []);
    } catch (error) {
      if (sections.node.childElementCount === 0) {
        trouble.replaceChildren(failure(error, loadSections));
      }
    }
    if (answer !== null) {
      head.update(answer, said);
      await trial.update(answer.entry);
    }
    links.update(answer);
  };

  const loadEntry = async () => {
    try {
      answer = await ask(entryPath(view.id));
      document.title = `${answer.entry.name}: ${answer.entry.state} – Model Zoo board`;
      if (node.parentNode !== place) {
        place.replaceChildren(node);
      }
      head.update(answer, said);
      events.node.hidden = answer.entry.kind === "zoo"; // An archive has none.
      live.update(answer);
      parts.forEach((it) => it.update(answer));
      await loadChildren();
      links.update(answer);
      events.update();
    } catch (error) {
      if (answer === null || error.status === 404) {
        place.replaceChildren(failure(error, loadEntry, "h1"));
      }
    }
  };

  const refresh = paced(loadEntry, ENTRY_MILLISECONDS);
  const refreshSections = paced(loadSections, SECTIONS_MILLISECONDS);
  const first = async () => {
    say(trouble, "");
    await loadEntry();
    if (answer !== null) {
      trouble.replaceChildren(loading("the report"));
      await loadSections();
      document.getElementById(location.hash.slice(1))?.scrollIntoView();
    }
  };
  place.replaceChildren(loading("it"));
  return {
    ready: first(),
    change: (what) => {
      const parts = [...rows, ...(answer?.lineage ?? [])];
      const mine = (ids) => ids.has(view.id) || parts.some((it) => ids.has(it.id));
      if (what === null || mine(what.changed) || mine(what.removed)) {
        refresh();
        refreshSections();
      }
    },
    leave: () => {
      refresh.stop();
      refreshSections.stop();
      sections.leave();
    },
  };
};
