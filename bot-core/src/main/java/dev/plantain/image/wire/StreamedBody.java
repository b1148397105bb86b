package dev.plantain.image.wire;

import dev.plantain.media.BlobId;
import dev.plantain.media.MediaStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** A request body that is read from files while it is sent. */
final class StreamedBody extends RequestBody {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final int BLOCK_BYTES = 48 * 1024;

  private final List<RequestPiece> pieces;
  private final MediaStore store;

  StreamedBody(List<RequestPiece> pieces, MediaStore store) {
    this.pieces = pieces;
    this.store = store;
  }

  @Override
  public MediaType contentType() {
    return JSON;
  }

  @Override
  public long contentLength() {
    return pieces.stream().mapToLong(RequestPiece::bytes).sum();
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    byte[] bytes = new byte[BLOCK_BYTES];
    byte[] encoded = new byte[BLOCK_BYTES / 3 * 4];
    for (RequestPiece piece : pieces) {
      switch (piece) {
        case RequestPiece.Json json -> sink.write(json.utf8());
        case RequestPiece.Base64Of picture -> {
          try (InputStream file = open(picture.blob().id())) {
            encode(file, bytes, encoded, sink);
          }
        }
        case RequestPiece.Verbatim signature -> {
          try (InputStream file = open(signature.token().stored())) {
            PackedText.unpack(file, sink.outputStream());
          }
        }
      }
    }
  }

  private static void encode(InputStream file, byte[] bytes, byte[] encoded, BufferedSink sink)
      throws IOException {
    while (true) {
      int read = readBlock(file, bytes);
      byte[] block = read == bytes.length ? bytes : Arrays.copyOf(bytes, read);
      sink.write(encoded, 0, Base64.getEncoder().encode(block, encoded));
      if (read < bytes.length) {
        return;
      }
    }
  }

  // A file of ours that cannot be read is our own fault and not one of the connection.
  private InputStream open(BlobId id) {
    try {
      return store.open(id);
    } catch (IOException e) {
      throw new UncheckedIOException("a stored picture cannot be read", e);
    }
  }

  private static int readBlock(InputStream file, byte[] bytes) {
    try {
      return file.readNBytes(bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException("a stored picture cannot be read", e);
    }
  }
}
