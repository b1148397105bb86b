package dev.plantain.image.gemini;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.plantain.conversation.Author;
import dev.plantain.conversation.Content;
import dev.plantain.conversation.Part;
import dev.plantain.image.AspectRatio;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageSize;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.Safety;
import dev.plantain.image.wire.RequestPiece;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okio.ByteString;

/** Says what is to be sent, without sending it. */
final class RequestMapper {
  private static final List<String> SAFETY_CATEGORIES =
      List.of(
          "HARM_CATEGORY_HARASSMENT",
          "HARM_CATEGORY_HATE_SPEECH",
          "HARM_CATEGORY_SEXUALLY_EXPLICIT",
          "HARM_CATEGORY_DANGEROUS_CONTENT");

  private final List<RequestPiece> pieces = new ArrayList<>();
  private final StringBuilder json = new StringBuilder();

  private RequestMapper() {}

  /**
   * The body for {@code generateContent}. Ratio and size are sent where the model takes them, and
   * words are asked for beside the picture, so that a refusal says why.
   */
  static List<RequestPiece> map(ImageRequest request, boolean withImageConfig) {
    RequestMapper mapper = new RequestMapper();
    mapper.contents(request.contents());
    mapper.json.append(",\"generationConfig\":{\"responseModalities\":[\"TEXT\",\"IMAGE\"]");
    if (withImageConfig) {
      mapper.imageConfig(request);
    }
    mapper.json.append('}');
    mapper.safety(request.safety());
    mapper.json.append('}');
    mapper.endJson();
    return List.copyOf(mapper.pieces);
  }

  private void contents(List<Content> contents) {
    json.append("{\"contents\":[");
    String separator = "";
    for (Content content : contents) {
      json.append(separator)
          .append("{\"role\":\"")
          .append(role(content.author()))
          .append("\",\"parts\":[");
      parts(content.parts());
      json.append("]}");
      separator = ",";
    }
    json.append(']');
  }

  private static String role(Author author) {
    return switch (author) {
      case MEMBER -> "user";
      case MODEL -> "model";
    };
  }

  private void parts(List<Part> parts) {
    String separator = "";
    for (Part part : parts) {
      json.append(separator).append('{');
      switch (part) {
        case Part.Text text -> quoted("text", text.words());
        case Part.Image image -> {
          json.append("\"inlineData\":{");
          quoted("mimeType", image.blob().type().mime());
          json.append(",\"data\":\"");
          piece(new RequestPiece.Base64Of(image.blob()));
          json.append("\"}");
        }
      }
      part.token()
          .ifPresent(token -> {
            json.append(",\"thoughtSignature\":\"");
            piece(new RequestPiece.Verbatim(token));
            json.append('"');
          });
      json.append('}');
      separator = ",";
    }
  }

  private void imageConfig(ImageRequest request) {
    ModelSpec model = request.model();
    Optional<AspectRatio> ratio = request.ratio().filter(model.ratios()::contains);
    Optional<ImageSize> size = request.size().filter(model.sizes()::contains);
    if (ratio.isEmpty() && size.isEmpty()) {
      return;
    }
    json.append(",\"imageConfig\":{");
    ratio.ifPresent(asked -> quoted("aspectRatio", asked.toString()));
    if (ratio.isPresent() && size.isPresent()) {
      json.append(',');
    }
    size.ifPresent(asked -> quoted("imageSize", asked.label()));
    json.append('}');
  }

  /** What can be told at the Gemini API: SafetySetting of its v1beta. */
  private void safety(Safety safety) {
    String threshold =
        switch (safety) {
          case USUAL -> "";
          case STRICT -> "BLOCK_LOW_AND_ABOVE";
          case RELAXED -> "BLOCK_ONLY_HIGH";
        };
    if (threshold.isEmpty()) {
      return;
    }
    json.append(",\"safetySettings\":[");
    String separator = "";
    for (String category : SAFETY_CATEGORIES) {
      json.append(separator).append('{');
      quoted("category", category);
      json.append(',');
      quoted("threshold", threshold);
      json.append('}');
      separator = ",";
    }
    json.append(']');
  }

  private void quoted(String name, String value) {
    json.append('"').append(name).append("\":\"");
    JsonStringEncoder.getInstance().quoteAsString(value, json);
    json.append('"');
  }

  private void piece(RequestPiece piece) {
    endJson();
    pieces.add(piece);
  }

  private void endJson() {
    pieces.add(new RequestPiece.Json(ByteString.encodeUtf8(json.toString())));
    json.setLength(0);
  }
}
