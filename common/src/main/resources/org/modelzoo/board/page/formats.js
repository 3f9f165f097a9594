/* Numbers, times and sizes as the board shows them; a dash where nothing is known. */

const NONE = "–";
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const isKnown = (value) => typeof value === "number" && Number.isFinite(value);
const signed = (text) => text.replace("-", "−");

/** A whole number, such as 12,345. */
export const count = (value) => (isKnown(value) ? Math.round(value).toLocaleString("en") : NONE);

/** A share in percent, such as 84.1. */
export const percent = (share) => (isKnown(share) ? signed((100 * share).toFixed(1)) : NONE);

/** At most four digits that count. */
export const digits = (value) =>
  isKnown(value) ? signed(String(Number(value.toPrecision(4)))) : NONE;

/** Seconds as hours with a digit after the point. */
export const hours = (seconds) =>
  isKnown(seconds) ? (seconds / HOUR).toFixed(seconds < 36_000 ? 2 : 1) : NONE;

/** A time span in the two largest units, such as 2 h 5 min. */
export const duration = (seconds) => {
  if (!isKnown(seconds)) {
    return NONE;
  }
  const whole = Math.max(0, Math.round(seconds));
  if (whole < MINUTE) {
    return whole + " s";
  }
  if (whole < HOUR) {
    return Math.round(whole / MINUTE) + " min";
  }
  if (whole < DAY) {
    return Math.floor(whole / HOUR) + " h " + Math.floor((whole % HOUR) / MINUTE) + " min";
  }
  return Math.floor(whole / DAY) + " d " + Math.floor((whole % DAY) / HOUR) + " h";
};

/** How long ago that was, in milliseconds since 1970. */
export const age = (time) => (isKnown(time) ? duration((Date.now() - time) / 1000) : NONE);

/** A moment on the clock of whoever looks. */
export const moment = (time) => {
  const date = new Date(time);
  return time === null || time === undefined || Number.isNaN(date.getTime())
    ? NONE
    : date.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "medium" });
};

/** A size in bytes, such as 1.2 MB. */
export const bytes = (size) => {
  if (!isKnown(size)) {
    return NONE;
  }
  const units = ["B", "kB", "MB", "GB", "TB"];
  const unit = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, size)) / 3));
  const value = size / 1000 ** unit;
  return (unit === 0 ? value : value.toFixed(value < 10 ? 1 : 0)) + " " + units[unit];
};

/** Text, or a dash. */
export const text = (value) => (value === null || value === undefined || value === "" ? NONE : String(value));

/** A number and what it counts, such as 1 run or 2 runs. */
export const counted = (number, noun) => count(number) + " " + noun + (number === 1 ? "" : "s");
