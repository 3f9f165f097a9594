/* Work that is asked for often and done now and then. */

/**
 * A function that asks for the work: it is never done twice at a time, and begins at most once in
 * so many milliseconds. What is asked for meanwhile is done once, afterwards.
 *
 * @param work may return a promise
 */
export const paced = (work, milliseconds) => {
  let busy = false;
  let wanted = false;
  let stopped = false;
  const begin = async () => {
    busy = true;
    wanted = false;
    const next = new Promise((done) => setTimeout(done, milliseconds));
    try {
      await work();
    } finally {
      await next;
      busy = false;
      if (wanted && !stopped) {
        begin();
      }
    }
  };
  const request = () => {
    wanted = true;
    if (!busy && !stopped) {
      begin();
    }
  };
  request.stop = () => {
    stopped = true;
  };
  return request;
};
