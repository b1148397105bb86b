package dev.plantain.discord;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.Deflater;

/** The server's side of one WebSocket (RFC 6455), with Discord's zlib-stream where it is asked. */
final class LoopbackSocket implements AutoCloseable {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int FIN = 0x80;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final Deflater deflater = new Deflater();
  private final LinkedBlockingQueue<Frame> outgoing = new LinkedBlockingQueue<>();
  private final boolean compressed;
  private volatile boolean ended;

  /** What is sent; after a closing one nothing more is. */
  private record Frame(int opcode, String text, int closeCode) {}

  /**
   * Shakes hands.
   *
   * @throws IOException the other side speaks something else
   */
  LoopbackSocket(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = new DataOutputStream(socket.getOutputStream());
    String request = line();
    Map<String, String> headers = new HashMap<>();
    for (String header = line(); !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT),
          header.substring(colon + 1).trim());
    }
    compressed = request.contains("compress=zlib-stream");
    String key = headers.getOrDefault("sec-websocket-key", "");
    String answer =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + accept(key)
            + "\r\n\r\n";
    out.write(answer.getBytes(StandardCharsets.US_ASCII));
    out.flush();
    Thread.ofVirtual().name("loopback-discord-writer").start(this::write);
  }

  private static String accept(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.US_ASCII);
  }

  boolean isOpen() {
    return !ended;
  }

  /** The next message; empty once the other side has closed. */
  Optional<String> read() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    while (true) {
      int head = in.readUnsignedByte();
      int second = in.readUnsignedByte();
      long length = second & 0x7f;
      if (length == 126) {
        length = in.readUnsignedShort();
      } else if (length == 127) {
        length = in.readLong();
      }
      if ((second & FIN) == 0) {
        throw new IOException("a client's frame is masked (RFC 6455, 5.1)");
      }
      byte[] mask = in.readNBytes(4);
      byte[] payload = in.readNBytes(Math.toIntExact(length));
      for (int at = 0; at < payload.length; at++) {
        payload[at] ^= mask[at % 4];
      }
      switch (head & 0xf) {
        case CLOSE -> {
          close(1000);
          return Optional.empty();
        }
        case PING ->
            outgoing.add(new Frame(PONG, new String(payload, StandardCharsets.ISO_8859_1), 0));
        case PONG -> {}
        default -> {
          message.write(payload);
          if ((head & FIN) != 0) {
            return Optional.of(message.toString(StandardCharsets.UTF_8));
          }
        }
      }
    }
  }

  /** Sends without waiting. */
  void send(String text) {
    outgoing.add(new Frame(TEXT, text, 0));
  }

  /** Ends the connection in order, after what was sent before. */
  void close(int code) {
    outgoing.add(new Frame(CLOSE, "", code));
  }

  /** Ends the connection as a broken cable does. */
  @Override
  public void close() {
    ended = true;
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException alreadyGone) {
      ended = true;
    }
  }

  private void write() {
    try {
      while (!ended) {
        Frame frame = outgoing.take();
        switch (frame.opcode()) {
          case TEXT -> text(frame.text().getBytes(StandardCharsets.UTF_8));
          case PONG -> frame(PONG, frame.text().getBytes(StandardCharsets.ISO_8859_1));
          default -> {
            frame(CLOSE, new byte[] {(byte) (frame.closeCode() >> 8), (byte) frame.closeCode()});
            ended = true;
            socket.shutdownOutput();
          }
        }
      }
    } catch (IOException | InterruptedException gone) {
      ended = true;
    } finally {
      deflater.end();
    }
  }

  private void text(byte[] payload) throws IOException {
    if (!compressed) {
      frame(TEXT, payload);
      return;
    }
    deflater.setInput(payload);
    ByteArrayOutputStream squeezed = new ByteArrayOutputStream();
    byte[] chunk = new byte[8192];
    int length = chunk.length;
    while (length == chunk.length) {
      length = deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
      squeezed.write(chunk, 0, length);
    }
    frame(BINARY, squeezed.toByteArray());
  }

  private void frame(int opcode, byte[] payload) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream frame = new DataOutputStream(bytes);
    frame.writeByte(FIN | opcode);
    if (payload.length < 126) {
      frame.writeByte(payload.length);
    } else if (payload.length < 65536) {
      frame.writeByte(126);
      frame.writeShort(payload.length);
    } else {
      frame.writeByte(127);
      frame.writeLong(payload.length);
    }
    frame.write(payload);
    out.write(bytes.toByteArray());
    out.flush();
  }
}
