/**
 * Serves the board: pages, the JSON interface under {@code /api/v1}, changes as server-sent events,
 * and who may ask. No address is ever turned into a path of a file: entries are found by their ids,
 * pages in the program's jar.
 *
 * <p>May use what {@code board} may use, and that; the web server is Jetty's. Runs in the board's
 * process.
 */
package org.modelzoo.board.web;
