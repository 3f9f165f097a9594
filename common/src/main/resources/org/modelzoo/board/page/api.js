/* Asks the server; the answers are described by /api/v1/openapi.yaml. */

const PATIENCE_MILLISECONDS = 30_000;
const SECTIONS_PATIENCE_MILLISECONDS = 150_000;

/** An answer that is none, in words for whoever looks. */
export class NoAnswer extends Error {
  /** @param status of HTTP; 0 where the server didn't answer at all */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const query = (parameters) => {
  const known = Object.entries(parameters).filter(([, value]) => value !== "" && value !== null);
  const text = new URLSearchParams(known).toString();
  return text === "" ? "" : "?" + text;
};

const reason = async (response) => {
  try {
    return (await response.json()).error;
  } catch {
    return "The server answered with status " + response.status + ".";
  }
};

/** The address of something below /api/v1. */
export const apiAddress = (path, parameters = {}) => "/api/v1/" + path + query(parameters);

const answered = async (path, parameters, patience, request) => {
  let response;
  try {
    response = await fetch(apiAddress(path, parameters), {
      ...request,
      signal: AbortSignal.timeout(patience),
    });
  } catch {
    throw new NoAnswer(0, "The board's server does not answer.");
  }
  if (!response.ok) {
    throw new NoAnswer(response.status, await reason(response));
  }
  try {
    return await response.json();
  } catch {
    throw new NoAnswer(response.status, "The server's answer broke off.");
  }
};

/**
 * What the server says.
 *
 * @param patience milliseconds until it counts as gone
 * @throws NoAnswer with the server's words
 */
export const ask = (path, parameters = {}, patience = PATIENCE_MILLISECONDS) =>
  answered(path, parameters, patience, {});

/** As ask(), with a file that is an image. */
export const sendImage = (path, parameters, file) =>
  answered(path, parameters, SECTIONS_PATIENCE_MILLISECONDS, {
    method: "POST",
    headers: { "Content-Type": file.type },
    body: file,
  });

/** The report's sections of an entry, perhaps compared with others; large runs take their time. */
export const askSections = (id, others = []) =>
  ask(entryPath(id, "sections"), { with: others.join(",") }, SECTIONS_PATIENCE_MILLISECONDS);

/** The path of an entry, or of something of it. */
export const entryPath = (id, of = "") => "entries/" + encodeURIComponent(id) + (of ? "/" + of : "");
