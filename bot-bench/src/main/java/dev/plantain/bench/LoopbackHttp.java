package dev.plantain.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;

/** As much of an HTTP server as costs next to nothing: bodies are passed over, not kept. */
final class LoopbackHttp implements AutoCloseable {
  private static final int KEPT_BYTES = 8 * 1024;

  private final ServerSocket server;
  private final Handler handler;

  /** What came; {@code head} is the beginning of the body. */
  record Request(String path, String head, long bodyBytes, long arrivedNanos) {}

  /** Answers a request whose body was read to its end. */
  interface Handler {
    void handle(Request request, Reply reply) throws IOException, InterruptedException;
  }

  /** The way back. */
  record Reply(OutputStream out) {
    void json(byte[] body) throws IOException {
      head(body.length);
      out.write(body);
      out.flush();
    }

    void file(Path body) throws IOException {
      try (FileChannel file = FileChannel.open(body, StandardOpenOption.READ)) {
        head(file.size());
        Channels.newInputStream(file).transferTo(out);
        out.flush();
      }
    }

    private void head(long length) throws IOException {
      out.write(
          Samples.utf8(
              "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                  + length
                  + "\r\n\r\n"));
    }
  }

  LoopbackHttp(Handler handler) {
    this.handler = handler;
    try {
      server = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("accept").start(this::accept);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        Thread.ofPlatform().daemon().name("serve").start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (Socket socket = connection;
        InputStream in = new BufferedInputStream(socket.getInputStream(), 64 * 1024)) {
      Reply reply = new Reply(socket.getOutputStream());
      byte[] block = new byte[64 * 1024];
      for (String first = line(in); !first.isEmpty(); first = line(in)) {
        long length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
          if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
            length = Long.parseLong(header.substring(15).strip());
          }
        }
        byte[] head = in.readNBytes((int) Math.min(length, KEPT_BYTES));
        long left = length - head.length;
        while (left > 0) {
          int read = in.read(block, 0, (int) Math.min(left, block.length));
          if (read < 0) {
            return;
          }
          left -= read;
        }
        String kept = new String(head, java.nio.charset.StandardCharsets.ISO_8859_1);
        handler.handle(
            new Request(first.split(" ", -1)[1], kept, length, System.nanoTime()), reply);
      }
    } catch (IOException gone) {
      // The client has ended, which is how every measurement ends.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String line(InputStream in) throws IOException {
    byte[] line = new byte[4096];
    int length = 0;
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (length == line.length) {
        line = Arrays.copyOf(line, 2 * length);
      }
      line[length++] = (byte) next;
    }
    return new String(line, 0, length, java.nio.charset.StandardCharsets.ISO_8859_1).strip();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
