/* The head of a run, sweep or study: what it is and how far it has come. */

import { entryAddress } from "./address.js";
import { button, element } from "./elements.js";
import { age, count, digits, duration, hours, moment, percent, text } from "./formats.js";
import { badge, progress } from "./states.js";

const fact = (name, value) =>
  value === null || value === undefined || value === "–" || value === ""
    ? null
    : element("div", {}, element("dt", {}, name), element("dd", {}, value));

const joined = (...values) => values.filter((it) => it).join(" ");

const facts = (entry) => [
  fact("Accuracy", entry.accuracy === null ? null : percent(entry.accuracy) + " %"),
  fact("Forgetting", entry.forgetting === null ? null : percent(entry.forgetting) + " %"),
  fact("Method", entry.method),
  fact("Data", entry.data),
  fact("Network", entry.network),
  fact("Engine", joined(entry.engine, entry.precision)),
  fact("Device", entry.device),
  fact("Seed", entry.seed === null ? null : text(entry.seed)),
  fact("Images/s", count(entry.imagesPerSecond)),
  fact("Card hours", hours(entry.cardSeconds)),
  fact("Core hours", hours(entry.coreSeconds)),
  fact("Owner", entry.owner),
  fact("Started", entry.started === null ? null : `${moment(entry.started)}, ${age(entry.started)} ago`),
  fact("Last written", entry.updated === null ? null : `${age(entry.updated)} ago`),
];

/** Copies a text, or selects it where the browser doesn't let the page copy. */
const copier = (code, announce) =>
  button("Copy the command", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      announce("The command is copied.");
    } catch {
      getSelection().selectAllChildren(code);
      announce("The command is selected; copy it with the keyboard.");
    }
  });

const command = (answer, announce) => {
  if (!answer.command) {
    return null;
  }
  const code = element("code", {}, answer.command);
  return element(
    "details",
    { class: "alternative" },
    element("summary", {}, "The command that repeats or continues it"),
    element("pre", { tabindex: 0 }, code),
    copier(code, announce));
};

/** @returns the head's node and update(answer, lead); only what changed is written anew */
export const entryHead = (announce) => {
  const way = element("nav", { class: "way", "aria-label": "Where this is" });
  const title = element("h1", {});
  const lead = element("p", { class: "lead" });
  const state = element("div", { class: "state-line" });
  const list = element("dl", { class: "facts" });
  const more = element("div", {});
  const node = element("header", { class: "entry-head" }, way, title, lead, state, list, more);
  const keys = new Map();
  const fill = (node, key, ...content) => {
    const wanted = JSON.stringify(key);
    if (keys.get(node) !== wanted) {
      keys.set(node, wanted);
      node.replaceChildren(...content.flat().filter((it) => it !== null));
    }
  };
  const update = (answer, said) => {
    const { entry } = answer;
    const parent = answer.lineage?.find((it) => it.id === entry.parent);
    fill(
      way,
      [entry.parent, parent?.name],
      element("a", { href: "/" }, "All runs"),
      entry.parent
        ? element("a", { href: entryAddress(entry.parent) }, parent?.name ?? "what it is a part of")
        : null);
    fill(title, entry.name, entry.name);
    fill(lead, [said, entry.kind], said ?? entry.kind);
    fill(
      state,
      [entry.state, entry.reason, entry.done, entry.planned, entry.unit, entry.eta && duration(entry.eta)],
      badge(entry.state),
      progress(entry, entry.unit),
      entry.eta ? element("span", {}, duration(entry.eta) + " left") : null,
      entry.reason
        ? element("p", { class: "reason-line " + (entry.state === "running" ? "soft" : "why") }, entry.reason)
        : null);
    fill(list, [facts(entry).map((it) => it?.textContent)], facts(entry));
    fill(
      more,
      [answer.command, entry.path],
      element("p", { class: "soft" }, element("code", {}, entry.path)),
      command(answer, announce));
  };
  return { node, update };
};

/** Members in flight, as the driver says; null where nothing is going on. */
export const liveRows = (live) =>
  (live?.members ?? []).map((member) => [
    text(member.member),
    text(joined(member.where, member.device)),
    member.epochs ? `${digits(member.epoch)} of ${count(member.epochs)}` : digits(member.epoch),
    typeof member.done === "number" ? percent(member.done) : "–",
    digits(member.loss),
    percent(member.accuracy),
    count(member.imagesPerSecond),
  ]);
