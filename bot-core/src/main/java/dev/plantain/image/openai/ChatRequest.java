package dev.plantain.image.openai;

import dev.plantain.conversation.Content;
import dev.plantain.conversation.Part;
import dev.plantain.image.AspectRatio;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageSize;
import dev.plantain.image.Unsigned;
import dev.plantain.image.wire.RequestJson;
import dev.plantain.image.wire.RequestPiece;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what is to be sent to a chat, without sending it. */
final class ChatRequest {
  private final RequestJson json = new RequestJson();
  private final ImageRequest request;
  private final Dialect dialect;

  private ChatRequest(ImageRequest request, Dialect dialect) {
    this.request = request;
    this.dialect = dialect;
  }

  /** Whose chat it is. */
  enum Dialect {
    /** Takes no ratio: it stands beside the words. */
    OPENAI,
    /** Takes ratio and size, and tells the price: openrouter.ai/docs, Image Generation. */
    OPENROUTER
  }

  /**
   * The body for {@code /chat/completions}. Signatures are lost on this wire, so that the pictures
   * of the model move into the member's next message.
   *
   * @param model what the endpoint calls it
   */
  static List<RequestPiece> map(
      ImageRequest request,
      String model,
      Dialect dialect,
      boolean streamed,
      boolean withImageConfig) {
    ChatRequest chat = new ChatRequest(request, dialect);
    chat.json.raw("{").field("model", model);
    chat.messages(withImageConfig);
    chat.json.raw(",\"stream\":" + streamed);
    switch (dialect) {
      case OPENAI -> {
        if (streamed) {
          chat.json.raw(",\"stream_options\":{\"include_usage\":true}");
        }
      }
      case OPENROUTER -> {
        chat.json.raw(",\"modalities\":[\"image\",\"text\"]");
        if (withImageConfig) {
          chat.imageConfig();
        }
        chat.json.raw(",\"usage\":{\"include\":true}");
      }
    }
    return chat.json.raw("}").pieces();
  }

  /** The body for a model that answers in words; the instruction goes before all else. */
  static List<RequestPiece> inWords(
      ImageRequest request, String model, Dialect dialect, boolean streamed) {
    ChatRequest chat = new ChatRequest(request, dialect);
    chat.json.raw("{").field("model", model);
    chat.json.raw(",\"messages\":[");
    request.guidance().instruction().ifPresent(chat::system);
    chat.turns(false);
    chat.json.raw("],\"stream\":" + streamed);
    switch (dialect) {
      case OPENAI -> {
        if (streamed) {
          chat.json.raw(",\"stream_options\":{\"include_usage\":true}");
        }
      }
      case OPENROUTER -> chat.json.raw(",\"usage\":{\"include\":true}");
    }
    return chat.json.raw("}").pieces();
  }

  private void system(String instruction) {
    json.raw("{\"role\":\"system\",").field("content", instruction).raw("},");
  }

  private void messages(boolean withImageConfig) {
    json.raw(",\"messages\":[");
    request.guidance().instruction().ifPresent(this::system);
    turns(withImageConfig);
    json.raw("]");
  }

  private void turns(boolean withImageConfig) {
    List<Content> contents = Unsigned.flattened(request.contents());
    for (int index = 0; index < contents.size(); index++) {
      boolean last = index == contents.size() - 1;
      json.raw(index == 0 ? "" : ",");
      switch (contents.get(index).author()) {
        case MEMBER ->
            user(
                contents.get(index).parts(),
                last && withImageConfig && dialect == Dialect.OPENAI ? ratio() : Optional.empty());
        case MODEL -> assistant(contents.get(index).parts());
      }
    }
  }

  private void user(List<Part> parts, Optional<AspectRatio> ratio) {
    json.raw("{\"role\":\"user\",\"content\":[");
    String separator = "";
    for (Part part : parts) {
      switch (part) {
        case Part.Text text -> {
          if (!text.words().isEmpty()) {
            text(separator, text.words());
            separator = ",";
          }
        }
        case Part.Image image -> {
          json.raw(separator + "{\"type\":\"image_url\",\"image_url\":{\"url\":")
              .dataUri(image.blob())
              .raw("}}");
          separator = ",";
        }
      }
    }
    if (ratio.isPresent()) {
      text(separator, "Aspect ratio: " + ratio.get());
    }
    json.raw("]}");
  }

  private void text(String separator, String words) {
    json.raw(separator + "{\"type\":\"text\",").field("text", words).raw("}");
  }

  // Some gateways take nothing but a string from the assistant.
  private void assistant(List<Part> parts) {
    String words =
        parts.stream()
            .filter(Part.Text.class::isInstance)
            .map(part -> ((Part.Text) part).words())
            .collect(Collectors.joining("\n"));
    json.raw("{\"role\":\"assistant\",").field("content", words).raw("}");
  }

  private void imageConfig() {
    Optional<ImageSize> size = request.size().filter(request.model().sizes()::contains);
    if (ratio().isEmpty() && size.isEmpty()) {
      return;
    }
    json.raw(",\"image_config\":{");
    ratio().ifPresent(asked -> json.field("aspect_ratio", asked.toString()));
    json.raw(ratio().isPresent() && size.isPresent() ? "," : "");
    size.ifPresent(asked -> json.field("image_size", asked.label()));
    json.raw("}");
  }

  private Optional<AspectRatio> ratio() {
    return request.ratio().filter(request.model().ratios()::contains);
  }
}
