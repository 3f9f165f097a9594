/* Parts of a run's page that the report doesn't have: members in flight, keys, kin, files. */

import { entryAddress } from "./address.js";
import { apiAddress, entryPath } from "./api.js";
import { element, part, table } from "./elements.js";
import { liveRows } from "./entry-head.js";
import { bytes, count, counted } from "./formats.js";

/** More than these have to be opened. */
const FIRST_KIN = 8;

const words = (...titles) => titles.map((title) => ({ title }));
const numbers = (...titles) => titles.map((title) => ({ title, number: true }));

/** What is being trained at this moment. */
export const livePart = ({ live }) =>
  live === null
    ? null
    : part(
        "live",
        "Now",
        live.message,
        live.members.length === 0
          ? element("p", {}, "No member is being trained at this moment.")
          : table(
              "Members in flight",
              [
                ...words("Member", "Where"),
                ...numbers("Epoch", "Done, %", "Loss", "Accuracy, %", "Images/s"),
              ],
              liveRows(live)));

const value = (it) => (it === null || it === undefined ? "–" : String(it));

const keyTable = (caption, keys) =>
  table(
    caption,
    words("Key", "Value", "Default"),
    keys.map((it) => [
      element("code", {}, it.key),
      it.changed ? element("strong", {}, value(it.value)) : value(it.value),
      value(it.default),
    ]));

/** The configuration: first what differs from the defaults. */
export const configurationPart = ({ entry, configuration }) => {
  if (configuration.length === 0) {
    return null;
  }
  const changed = configuration.filter((it) => it.changed);
  const others = configuration.filter((it) => !it.changed);
  return part(
    "configuration",
    "Configuration",
    counted(changed.length, "key") + " with a value other than the default.",
    changed.length > 0 ? keyTable("Keys that differ from the defaults", changed) : null,
    others.length > 0
      ? element(
          "details",
          { class: "alternative" },
          element("summary", {}, counted(others.length, "key") + " as by default"),
          keyTable("Keys that are as by default", others))
      : null,
    element(
      "p",
      {},
      element(
        "a",
        { href: apiAddress(entryPath(entry.id, "configuration.conf")), download: "" },
        "Download configuration.conf")));
};

const kin = (relatives) =>
  element(
    "ul",
    {},
    relatives.map((it) =>
      element(
        "li",
        {},
        it.relation + " ",
        it.id ? element("a", { href: entryAddress(it.id) }, it.name) : it.name)));

/** What it belongs to and what belongs to it. */
export const lineagePart = ({ entry, lineage }) =>
  lineage.length === 0
    ? null
    : part(
        "lineage",
        "Lineage",
        null,
        kin(lineage.slice(0, FIRST_KIN)),
        lineage.length > FIRST_KIN
          ? element(
              "details",
              { class: "alternative" },
              element("summary", {}, count(lineage.length - FIRST_KIN) + " more"),
              kin(lineage.slice(FIRST_KIN)))
          : null,
        lineage.filter((it) => it.relation === "holds").length < entry.children
          ? element(
              "p",
              { class: "soft" },
              "Of " + counted(entry.children, "part") + " the first ones; Parts has all of them.")
          : null);

/** The files of its directory. */
export const filesPart = ({ files }) =>
  files.length === 0
    ? null
    : part(
        "files",
        "Files",
        null,
        element(
          "details",
          { class: "alternative" },
          element("summary", {}, counted(files.length, "file")),
          table(
            "Files",
            [...words("Name"), ...numbers("Size")],
            files.map((it) => [it.name, bytes(it.bytes)]))));
