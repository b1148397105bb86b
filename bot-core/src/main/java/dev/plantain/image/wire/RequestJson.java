package dev.plantain.image.wire;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.plantain.media.Blob;
import java.util.ArrayList;
import java.util.List;
import okio.ByteString;

/** Writes a request body: small JSON in memory, and pictures by where they lie. */
public final class RequestJson {
  private final List<RequestPiece> pieces = new ArrayList<>();
  private final StringBuilder json = new StringBuilder();

  /** Adds JSON as it stands. */
  public RequestJson raw(String text) {
    json.append(text);
    return this;
  }

  /** Adds a string in quotes. */
  public RequestJson string(String value) {
    json.append('"');
    JsonStringEncoder.getInstance().quoteAsString(value, json);
    json.append('"');
    return this;
  }

  /** Adds a field whose value is a string. The name is written as it stands. */
  public RequestJson field(String name, String value) {
    json.append('"').append(name).append("\":");
    return string(value);
  }

  /** Adds a picture as a string in the shape of a data URI. */
  public RequestJson dataUri(Blob blob) {
    json.append("\"data:").append(blob.type().mime()).append(";base64,");
    piece(new RequestPiece.Base64Of(blob));
    json.append('"');
    return this;
  }

  /** Adds what is too large for memory. */
  public RequestJson piece(RequestPiece piece) {
    endJson();
    pieces.add(piece);
    return this;
  }

  /** The body; nothing may be added any more. */
  public List<RequestPiece> pieces() {
    endJson();
    return List.copyOf(pieces);
  }

  private void endJson() {
    pieces.add(new RequestPiece.Json(ByteString.encodeUtf8(json.toString())));
    json.setLength(0);
  }
}
