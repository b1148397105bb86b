package dev.plantain.image.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.conversation.Part;
import dev.plantain.media.BlobDraft;
import dev.plantain.media.MediaStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import okio.Buffer;

/** What goes over the wire, as text. */
public final class Written {
  private Written() {}

  /** A body as it is sent; its length is what it said that it would be. */
  public static String body(List<RequestPiece> pieces, MediaStore store) throws IOException {
    StreamedBody body = new StreamedBody(pieces, store);
    Buffer sink = new Buffer();
    body.writeTo(sink);
    assertThat(body.contentLength()).isEqualTo(sink.size());
    return sink.readUtf8();
  }

  /** A signature that is kept. */
  public static Part.Token token(MediaStore store, String text) throws IOException {
    try (BlobDraft draft = store.begin()) {
      new PackedText.Writer(draft).write(text.getBytes(StandardCharsets.US_ASCII));
      return new Part.Token(draft.keep(), text.length());
    }
  }
}
