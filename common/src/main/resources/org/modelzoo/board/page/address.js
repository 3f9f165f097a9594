/* The view that is shown, as query parameters of the address, so that a link is a view. */

const list = (text) => (text ? text.split(",").filter((it) => it !== "") : []);

/** Of the table: what is left out when it is the default. */
const DEFAULTS = {
  filter: "",
  kind: "",
  state: "",
  sort: "-started",
  offset: 0,
  group: false,
  columns: null,
  hidden: [],
  selected: [],
  open: [],
  whole: [],
};

/** The view that an address names. */
export const viewOf = (search) => {
  const query = new URLSearchParams(search);
  const value = (name) => query.get(name) || DEFAULTS[name];
  const state = {
    ...DEFAULTS,
    filter: value("filter"),
    kind: value("kind"),
    state: value("state"),
    sort: value("sort"),
    offset: Math.max(0, Number.parseInt(query.get("offset"), 10) || 0),
    group: query.get("group") === "yes",
    columns: query.has("columns") ? list(query.get("columns")) : null,
    hidden: list(query.get("hidden")),
    selected: list(query.get("selected")),
    open: list(query.get("open")),
    whole: list(query.get("whole")),
  };
  if (query.has("entry")) {
    return { view: "entry", id: query.get("entry"), ...state, sort: query.get("sort") || "-accuracy" };
  }
  return query.has("compare")
    ? { view: "compare", ids: list(query.get("compare")), ...state }
    : { view: "table", ...state };
};

/** The address of a view. */
export const addressOf = (view) => {
  const query = new URLSearchParams();
  if (view.view === "entry") {
    query.set("entry", view.id);
  } else if (view.view === "compare") {
    query.set("compare", view.ids.join(","));
  }
  const usual = view.view === "entry" ? { ...DEFAULTS, sort: "-accuracy" } : DEFAULTS;
  Object.keys(DEFAULTS)
    .filter((name) => view[name] !== undefined && view[name] !== null)
    .filter((name) => String(view[name]) !== String(usual[name]))
    .forEach((name) => query.set(name, view[name] === true ? "yes" : String(view[name])));
  const text = query.toString().replaceAll("%2C", ",");
  return text === "" ? "/" : "/?" + text;
};

/** The address of one run, sweep or study. */
export const entryAddress = (id) => addressOf({ view: "entry", id });

/** Changes the address without a new place in the history: the view is the same one. */
export const replaceAddress = (view) =>
  history.replaceState(history.state, "", addressOf(view) + location.hash);

/**
 * Follows links to other views and the browser's back and forward.
 *
 * @param show gets the view and, coming back, how far down the page was
 */
export const followAddress = (show) => {
  history.scrollRestoration = "manual";
  let shown = location.search;
  const keepPlace = () => history.replaceState({ scroll: window.scrollY }, "");
  const showAddress = () => {
    shown = location.search;
    show(viewOf(location.search), history.state?.scroll ?? 0);
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link || !plain || event.altKey || event.defaultPrevented || link.hasAttribute("download")) {
      return;
    }
    const address = new URL(link.href);
    if (address.origin === location.origin && address.pathname === "/" && !link.getAttribute("href").startsWith("#")) {
      event.preventDefault();
      keepPlace();
      history.pushState(null, "", address.href);
      showAddress();
    }
  });
  window.addEventListener("popstate", () => {
    if (location.search !== shown) {
      showAddress();
    }
  });
  window.addEventListener("pagehide", keepPlace);
  showAddress();
};
