/* What chooses rows and columns of the table. */

import { COLUMNS, USUAL } from "./columns.js";
import { button, choice, element, say } from "./elements.js";
import { STATES } from "./states.js";

const TYPING_MILLISECONDS = 250;
const KINDS = ["run", "baseline", "sweep", "study", "zoo"];

const EXAMPLES = [
  ["mnist", "the word is in the name, path, method, data, network or owner"],
  ["accuracy>0.6 seed=7", "columns by their field; all terms must hold"],
  ["training.learning-rate<0.01", "keys of the configuration"],
  ["reason~memory state!=finished", "~ contains; = != < <= > >= compare"],
];

const help = () =>
  element(
    "details",
    { class: "alternative" },
    element("summary", {}, "What can be written here"),
    element(
      "dl",
      { class: "examples" },
      EXAMPLES.map(([term, meaning]) => [
        element("dt", {}, element("code", {}, term)),
        element("dd", {}, meaning),
      ])));

const columnChoice = (view, set) => {
  const shown = () => view.columns ?? USUAL;
  const toggle = (id, on) => {
    const columns = COLUMNS.map((it) => it.id).filter((it) => (it === id ? on : shown().includes(it)));
    set({ columns: columns.join() === USUAL.join() ? null : columns });
  };
  return element(
    "details",
    { class: "alternative columns" },
    element("summary", {}, "Columns"),
    element(
      "fieldset",
      {},
      element("legend", { class: "unseen" }, "Columns that are shown"),
      COLUMNS.map((column) =>
        element(
          "label",
          {},
          element("input", {
            type: "checkbox",
            checked: shown().includes(column.id),
            onchange: (event) => toggle(column.id, event.target.checked),
          }),
          " " + column.title))));
};

const all = (values, text) => [["", text], ...values.map((it) => [it, it])];

/**
 * The bar.
 *
 * @param view what is chosen
 * @param set chooses something else
 * @returns its node; refuse(message), which says what is wrong with the filter, empty for
 *     nothing; and update(), after something else has changed the view
 */
export const filterBar = (view, set) => {
  let typing = null;
  const input = element("input", {
    id: "filter",
    type: "search",
    value: view.filter,
    autocomplete: "off",
    spellcheck: "false",
    placeholder: "accuracy>0.6 mnist",
    "aria-describedby": "filter-error",
    oninput: () => {
      clearTimeout(typing);
      typing = setTimeout(() => set({ filter: input.value.trim(), offset: 0 }), TYPING_MILLISECONDS);
    },
  });
  const error = element("p", { id: "filter-error", class: "error", role: "alert" });
  const group = button("Group by sweep or study", () => {
    set({ group: !view.group, offset: 0 });
    group.setAttribute("aria-pressed", String(view.group));
  }, { class: "toggle", "aria-pressed": String(view.group) });
  const kind = choice("Kind", all(KINDS, "all"), view.kind, (it) => set({ kind: it, offset: 0 }));
  const state = choice("State", all(STATES, "all"), view.state, (it) => set({ state: it, offset: 0 }));
  const node = element(
    "div",
    { class: "bar-of-filters" },
    element(
      "form",
      {
        role: "search",
        onsubmit: (event) => {
          event.preventDefault();
          clearTimeout(typing);
          set({ filter: input.value.trim(), offset: 0 });
        },
      },
      element("label", { for: "filter" }, "Filter"),
      input,
      kind,
      state,
      group),
    error,
    element("div", { class: "more" }, help(), columnChoice(view, set)));
  const refuse = (message) => {
    say(error, message);
    input.setAttribute("aria-invalid", String(message !== ""));
  };
  const update = () => {
    input.value = view.filter;
    kind.querySelector("select").value = view.kind;
    state.querySelector("select").value = view.state;
  };
  return { node, refuse, update };
};
