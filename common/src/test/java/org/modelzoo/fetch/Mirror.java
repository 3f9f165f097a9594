package org.modelzoo.fetch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on this machine that does what it is told, which is often wrong. */
final class Mirror implements AutoCloseable {
  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final Deque<Answer> answers = new ArrayDeque<>();

  /** Gives these answers in turn, the last one for ever. */
  Mirror(Answer... answers) throws IOException {
    this.answers.addAll(List.of(answers));
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::serve);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/files/");
  }

  int port() {
    return server.getLocalPort();
  }

  List<Request> requests() {
    return requests;
  }

  /** Sends an answer after its request was read; the connection is closed afterwards. */
  @FunctionalInterface
  interface Answer {
    void send(Request request, OutputStream out) throws IOException, InterruptedException;
  }

  /** A request: its target and its headers, with names in lower case. */
  record Request(String target, Map<String, String> headers) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    /** The first byte that is asked for. */
    int from() {
      return Integer.parseInt("0" + header("range").replaceAll("\\D", ""));
    }
  }

  /** The content, or what is missing of it if the client has this version. */
  static Answer content(byte[] content, String version) {
    return (request, out) -> {
      boolean same = List.of("", version).contains(request.header("if-range"));
      int from = same ? request.from() : 0;
      head(
          out,
          from == 0 ? "200 OK" : "206 Partial Content",
          "Content-Length: " + (content.length - from),
          "ETag: " + version,
          "Content-Range: bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
      out.write(content, from, content.length - from);
    };
  }

  /** Promises all of the content, and sends only its first bytes. */
  static Answer truncated(byte[] content, int sent, String version) {
    return (request, out) -> {
      head(out, "200 OK", "Content-Length: " + content.length, "ETag: " + version);
      out.write(content, 0, sent);
    };
  }

  static Answer status(String status, String... headers) {
    return (request, out) -> head(out, status, headers);
  }

  static void head(OutputStream out, String status, String... headers) throws IOException {
    String lines = "HTTP/1.1 " + status + "\r\nConnection: close\r\n";
    for (String header : headers) {
      lines += header + "\r\n";
    }
    out.write((lines + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        threads.execute(() -> answer(socket));
      } catch (IOException e) {
        return; // The server was closed.
      }
    }
  }

  private void answer(Socket socket) {
    try (socket) {
      Request request = read(socket);
      requests.add(request);
      Answer answer;
      synchronized (answers) {
        answer = answers.size() > 1 ? answers.poll() : answers.peek();
      }
      answer.send(request, socket.getOutputStream());
      socket.shutdownOutput();
    } catch (IOException | InterruptedException e) {
      // The client has gone, or the test is over.
    }
  }

  private static Request read(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    List<String> lines = new ArrayList<>();
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      lines.add(line);
    }
    Map<String, String> headers = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return new Request(lines.get(0).split(" ", 3)[1], headers);
  }
}
