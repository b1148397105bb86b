package dev.plantain.image.gemini;

import dev.plantain.conversation.Author;
import dev.plantain.conversation.Content;
import dev.plantain.conversation.Part;
import dev.plantain.image.AspectRatio;
import dev.plantain.image.Guidance;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageSize;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.ModelSpec.Search;
import dev.plantain.image.Safety;
import dev.plantain.image.wire.RequestJson;
import dev.plantain.image.wire.RequestPiece;
import dev.plantain.media.Blob;
import dev.plantain.media.BlobId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what is to be sent, without sending it. */
final class RequestMapper {
  private static final List<String> SAFETY_CATEGORIES =
      List.of(
          "HARM_CATEGORY_HARASSMENT",
          "HARM_CATEGORY_HATE_SPEECH",
          "HARM_CATEGORY_SEXUALLY_EXPLICIT",
          "HARM_CATEGORY_DANGEROUS_CONTENT");

  private final RequestJson json = new RequestJson();
  private final Map<BlobId, Upload> files;

  private RequestMapper(Map<BlobId, Upload> files) {
    this.files = files;
  }

  /**
   * The body for {@code generateContent}. Ratio and size are sent where the model takes them, and
   * words are asked for beside the picture, so that a refusal says why.
   *
   * @param files pictures that are not sent but referred to
   */
  static List<RequestPiece> map(
      ImageRequest request, boolean withImageConfig, Map<BlobId, Upload> files) {
    RequestMapper mapper = new RequestMapper(files);
    mapper.json.raw("{");
    mapper.instruction(request.guidance());
    mapper.contents(request.contents());
    mapper.json.raw(",\"generationConfig\":{\"responseModalities\":[\"TEXT\",\"IMAGE\"]");
    if (withImageConfig) {
      mapper.imageConfig(request);
    }
    mapper.thinking(request);
    mapper.json.raw("}");
    mapper.safety(request.safety());
    mapper.search(request);
    return mapper.json.raw("}").pieces();
  }

  /**
   * The body for {@code generateContent} of a model that answers in words: those refuse what is
   * said about pictures (gemini.md, section 1).
   */
  static List<RequestPiece> inWords(ImageRequest request) {
    RequestMapper mapper = new RequestMapper(Map.of());
    mapper.json.raw("{");
    mapper.instruction(request.guidance());
    mapper.contents(request.contents());
    return mapper.json.raw("}").pieces();
  }

  private void instruction(Guidance guidance) {
    guidance
        .instruction()
        .ifPresent(words -> {
          json.raw("\"systemInstruction\":{\"parts\":[{");
          json.field("text", words);
          json.raw("}]},");
        });
  }

  /** Other levels than those that a model knows are refused: gemini.md, section 1. */
  private void thinking(ImageRequest request) {
    request
        .guidance()
        .thinking()
        .filter(request.model().thinking()::contains)
        .ifPresent(level -> {
          json.raw(",\"thinkingConfig\":{");
          json.field("thinkingLevel", level.name());
          json.raw("}");
        });
  }

  /** The web alone is what {@code googleSearch} means without more: gemini.md, section 1. */
  private void search(ImageRequest request) {
    List<Search> kinds = request.model().search();
    if (!request.guidance().search() || kinds.isEmpty()) {
      return;
    }
    json.raw(",\"tools\":[{\"googleSearch\":{");
    if (kinds.contains(Search.IMAGE)) {
      json.raw("\"searchTypes\":{\"webSearch\":{},\"imageSearch\":{}}");
    }
    json.raw("}}]");
  }

  private void contents(List<Content> contents) {
    json.raw("\"contents\":[");
    String separator = "";
    for (Content content : contents) {
      json.raw(separator).raw("{\"role\":\"").raw(role(content.author())).raw("\",\"parts\":[");
      parts(content.parts());
      json.raw("]}");
      separator = ",";
    }
    json.raw("]");
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
      json.raw(separator).raw("{");
      switch (part) {
        case Part.Text text -> json.field("text", text.words());
        case Part.Image image -> picture(image.blob());
      }
      part.token()
          .ifPresent(token -> {
            json.raw(",\"thoughtSignature\":\"");
            json.piece(new RequestPiece.Verbatim(token));
            json.raw("\"");
          });
      json.raw("}");
      separator = ",";
    }
  }

  private void picture(Blob blob) {
    Optional<Upload> file = Optional.ofNullable(files.get(blob.id()));
    if (file.isPresent()) {
      json.raw("\"fileData\":{");
      json.field("mimeType", file.get().mimeType());
      json.raw(",");
      json.field("fileUri", file.get().uri());
      json.raw("}");
    } else {
      json.raw("\"inlineData\":{");
      json.field("mimeType", blob.type().mime());
      json.raw(",\"data\":\"");
      json.piece(new RequestPiece.Base64Of(blob));
      json.raw("\"}");
    }
  }

  private void imageConfig(ImageRequest request) {
    ModelSpec model = request.model();
    Optional<AspectRatio> ratio = request.ratio().filter(model.ratios()::contains);
    Optional<ImageSize> size = request.size().filter(model.sizes()::contains);
    if (ratio.isEmpty() && size.isEmpty()) {
      return;
    }
    json.raw(",\"imageConfig\":{");
    ratio.ifPresent(asked -> json.field("aspectRatio", asked.toString()));
    if (ratio.isPresent() && size.isPresent()) {
      json.raw(",");
    }
    size.ifPresent(asked -> json.field("imageSize", asked.label()));
    json.raw("}");
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
    json.raw(",\"safetySettings\":[");
    String separator = "";
    for (String category : SAFETY_CATEGORIES) {
      json.raw(separator).raw("{");
      json.field("category", category);
      json.raw(",");
      json.field("threshold", threshold);
      json.raw("}");
      separator = ",";
    }
    json.raw("]");
  }
}
