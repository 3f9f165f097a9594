/* Predicts an image of whoever looks with an entry's zoo. */

import { ask, entryPath, sendImage } from "./api.js";
import { choice, element, part, say } from "./elements.js";
import { count } from "./formats.js";
import { predictionNodes } from "./try-result.js";

const TYPES = ["image/png", "image/jpeg"];
const MOST_MEGABYTES = 8;
const FIELD = "try-image";
const SECOND = 1_000;

const canPredict = ({ kind, state, done }) =>
  kind === "zoo" ? state !== "damaged" : ["run", "baseline"].includes(kind) && done > 0;

const explanation = ({ image }) =>
  `The image is resized to ${image.width}×${image.height} pixels${image.channels === 1 ? ", turned grey," : ""} and shown to every `
  + "member that was trained on the task. It is not stored.";

const took = (millis) => (millis < SECOND ? count(millis) + " ms" : (millis / SECOND).toFixed(1) + " s");

const contentOf = (file) =>
  new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => resolve(null);
    reader.readAsDataURL(file);
  });

/** Why it isn't sent; null where it is. */
const objection = (file) => {
  if (!TYPES.includes(file.type)) {
    return `${file.name} is neither a PNG nor a JPEG.`;
  }
  return file.size > MOST_MEGABYTES * 2 ** 20
    ? `${file.name} has more than ${MOST_MEGABYTES} MB; make it smaller.`
    : null;
};

/** Field, tasks and what came of the last image. */
const tryForm = (id, zoo) => {
  const status = element("p", { class: "soft", role: "status" });
  const error = element("p", { class: "error", role: "alert" });
  const preview = element("img", { alt: "The image", hidden: true, onerror: () => (preview.hidden = true) });
  const result = element("div", { class: "try-result" });
  let task = zoo.tasks[0].name;
  let image = null;
  let asked = 0;

  const predict = async () => {
    if (image === null) {
      return;
    }
    const mine = ++asked;
    say(error, "");
    say(status, "Predicting … The first image of a task takes longer, as the zoo has to be loaded.");
    try {
      const answer = await sendImage(entryPath(id, "predictions"), { task }, image);
      if (mine === asked) {
        say(status, `Predicted in ${took(answer.millis)}.`);
        result.replaceChildren(...predictionNodes(answer));
      }
    } catch (failure) {
      if (mine === asked) {
        say(status, "");
        say(error, failure.message);
        result.replaceChildren();
      }
    }
  };

  const choose = async (file) => {
    asked++;
    const reason = objection(file);
    image = reason === null ? file : null;
    say(error, reason ?? "");
    say(status, "");
    result.replaceChildren();
    preview.hidden = true;
    if (image !== null) {
      const shown = predict();
      const content = await contentOf(file);
      if (image === file && content !== null) {
        preview.src = content;
        preview.hidden = false;
      }
      await shown;
    }
  };

  const field = element("input", {
    id: FIELD,
    type: "file",
    accept: TYPES.join(","),
    onchange: () => field.files.length > 0 && choose(field.files[0]),
  });
  const drop = element(
    "div",
    {
      class: "drop",
      ondragover: (event) => {
        event.preventDefault();
        drop.classList.add("over");
      },
      ondragleave: () => drop.classList.remove("over"),
      ondrop: (event) => {
        event.preventDefault();
        drop.classList.remove("over");
        if (event.dataTransfer.files.length > 0) {
          field.files = event.dataTransfer.files;
          choose(field.files[0]);
        }
      },
    },
    element("label", { for: FIELD }, "Choose an image, or drop one here"),
    field,
    element("p", { class: "soft" }, `PNG or JPEG, up to ${MOST_MEGABYTES} MB.`));
  return element(
    "div",
    { class: "try" },
    choice("Task", zoo.tasks.map((it) => [it.name, it.name]), task, (chosen) => {
      task = chosen;
      predict();
    }),
    element("div", { class: "try-image" }, drop, preview),
    status,
    error,
    result);
};

/**
 * A place for it, empty where the entry can't predict.
 *
 * @returns its node and update(entry), which leaves it alone until there are other tasks or members
 */
export const tryPart = (id) => {
  const node = element("div", {});
  let known = null;
  let shown = null;

  const update = async (entry) => {
    const state = JSON.stringify([entry.state === "damaged", entry.done]);
    if (!canPredict(entry) || state === known) {
      return;
    }
    known = state;
    let zoo;
    try {
      zoo = await ask(entryPath(id, "tasks"));
    } catch (failure) {
      known = null; // Asked again with the entry's next change.
      shown = null;
      node.replaceChildren(
        part("try", "Try it", null, element("p", { class: "error" }, failure.message)));
      return;
    }
    const tasks = JSON.stringify(zoo.tasks.map((it) => it.name));
    if (tasks === shown) {
      return;
    }
    shown = tasks;
    node.replaceChildren(
      ...(zoo.tasks.length === 0 ? [] : [part("try", "Try it", explanation(zoo), tryForm(id, zoo))]));
  };
  return { node, update };
};
