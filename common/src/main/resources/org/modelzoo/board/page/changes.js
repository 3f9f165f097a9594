/* Follows what changes on the server, for as long as the page is open. */

const FIRST_PAUSE_MILLISECONDS = 2_000;
const LONGEST_PAUSE_MILLISECONDS = 30_000;

/**
 * Listens to /api/v1/changes and begins again when the server has gone.
 *
 * @param onchange gets what changed and was removed, as sets of ids; null where it isn't known
 *     because the connection was interrupted
 * @param onstate gets "connected" or "interrupted"
 */
export const followChanges = (onchange, onstate) => {
  let pause = FIRST_PAUSE_MILLISECONDS;
  let interrupted = false;
  const open = () => {
    const source = new EventSource("/api/v1/changes");
    source.addEventListener("open", () => {
      pause = FIRST_PAUSE_MILLISECONDS;
      onstate("connected");
      if (interrupted) {
        onchange(null);
      }
      interrupted = false;
    });
    source.addEventListener("changes", (event) => {
      const said = JSON.parse(event.data);
      onchange({ changed: new Set(said.changed), removed: new Set(said.removed) });
    });
    source.addEventListener("error", () => {
      interrupted = true;
      onstate("interrupted");
      // The browser tries again by itself after lost connections, not after refusals.
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(open, pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLISECONDS);
      }
    });
    window.addEventListener("pagehide", () => source.close(), { once: true });
  };
  open();
};
