/* Several runs side by side. */

import { entryAddress } from "./address.js";
import { ask, askSections, entryPath } from "./api.js";
import { element, part, table } from "./elements.js";
import { duration, percent, text } from "./formats.js";
import { keptPart } from "./kept-part.js";
import { empty, failure, loading } from "./notices.js";
import { paced } from "./paced.js";
import { sectionList } from "./sections.js";
import { badge, progress } from "./states.js";

const PAUSE_MILLISECONDS = 3_000;
/** Of the report's sections the one that is about several runs. */
const COMPARISON = "comparison";

const runsPart = (answers) =>
  part(
    "runs",
    "Runs",
    "The first one is what the others are compared with.",
    table(
      "Runs that are compared",
      [
        { title: "Name" },
        { title: "State" },
        { title: "Progress" },
        { title: "Accuracy, %", number: true },
        { title: "Forgetting, %", number: true },
        { title: "Method" },
        { title: "Seed", number: true },
        { title: "Left", number: true },
      ],
      answers.map(({ entry }) => [
        element("a", { href: entryAddress(entry.id) }, entry.name),
        badge(entry.state),
        progress(entry, entry.unit),
        percent(entry.accuracy),
        percent(entry.forgetting),
        text(entry.method),
        text(entry.seed),
        duration(entry.eta),
      ])));

/** By key the value in each run; only those that aren't the same everywhere. */
const differences = (answers) => {
  const values = answers.map(({ configuration }) =>
    new Map(configuration.map((it) => [it.key, text(it.value)])));
  const keys = [...new Set(values.flatMap((it) => [...it.keys()]))].sort();
  return keys
    .map((key) => [key, ...values.map((it) => it.get(key) ?? "–")])
    .filter(([, ...row]) => row.some((it) => it !== row[0]));
};

const configurationPart = (answers) => {
  const rows = differences(answers);
  return part(
    "configuration",
    "Configuration",
    rows.length === 0
      ? "No key has different values."
      : "Keys whose values differ; those other than the first run's are strong.",
    rows.length === 0
      ? null
      : table(
          "Keys whose values differ",
          [{ title: "Key" }, ...answers.map(({ entry }) => ({ title: entry.name }))],
          rows.map(([key, first, ...others]) => [
            element("code", {}, key),
            first,
            ...others.map((it) => (it === first ? it : element("strong", {}, it))),
          ])));
};

/** Shows it; what is returned follows changes until it is left. */
export const showComparison = (place, view) => {
  document.title = "Comparison – Model Zoo board";
  const runs = keptPart(runsPart, (answers) => answers.map((it) => it.entry));
  const keys = keptPart(configurationPart, (answers) => answers.map((it) => it.configuration));
  const sections = sectionList();
  const trouble = element("div", {});
  const node = element(
    "div",
    {},
    element(
      "header",
      { class: "entry-head" },
      element("nav", { class: "way", "aria-label": "Where this is" }, element("a", { href: "/" }, "All runs")),
      element("h1", {}, `Comparison of ${view.ids.length} runs`)),
    runs.node,
    trouble,
    sections.node,
    keys.node);

  const load = async () => {
    try {
      const answers = await Promise.all(view.ids.map((id) => ask(entryPath(id))));
      if (node.parentNode !== place) {
        place.replaceChildren(node);
      }
      runs.update(answers);
      keys.update(answers);
    } catch (error) {
      if (node.parentNode !== place || error.status === 404) {
        place.replaceChildren(failure(error, load, "h1"));
      }
      return;
    }
    try {
      const report = await askSections(view.ids[0], view.ids.slice(1));
      const shown = report.sections.filter((it) => it.id === COMPARISON);
      trouble.replaceChildren(
        ...(shown.length > 0
          ? []
          : [empty("There is nothing to compare yet.", element("p", {}, "Only runs are compared, once they have finished rounds."))]));
      sections.update(shown, []);
    } catch (error) {
      if (sections.node.childElementCount === 0) {
        trouble.replaceChildren(failure(error, load));
      }
    }
  };
  const refresh = paced(load, PAUSE_MILLISECONDS);
  if (view.ids.length < 2) {
    place.replaceChildren(
      element("h1", { class: "unseen" }, "Comparison"),
      empty("Nothing is chosen.", element("p", {}, "Select two runs or more in the table."), element("a", { href: "/" }, "All runs")));
  } else {
    place.replaceChildren(loading("the comparison"));
  }
  return {
    ready: view.ids.length < 2 ? Promise.resolve() : load(),
    change: (what) => {
      const mine = (ids) => view.ids.some((id) => ids.has(id));
      if (view.ids.length > 1 && (what === null || mine(what.changed) || mine(what.removed))) {
        refresh();
      }
    },
    leave: () => {
      refresh.stop();
      sections.leave();
    },
  };
};
