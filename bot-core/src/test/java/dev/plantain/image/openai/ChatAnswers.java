package dev.plantain.image.openai;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.plantain.image.gemini.ScriptedAnswer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Answers as providers of OpenAI's family word them. */
final class ChatAnswers {
  private static final String USAGE =
      "\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":1290,\"total_tokens\":1302,\"completion_tokens_details\":{\"image_tokens\":1120}%s}";

  private ChatAnswers() {}

  static ScriptedAnswer error(int status, String code, String message) {
    return ScriptedAnswer.body(
        status,
        "application/json",
        "{\"error\":{\"message\":\"%s\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"%s\"}}"
            .formatted(quoted(message), code));
  }

  static String dataUri(byte[] picture) {
    String type = picture[0] == (byte) 0x89 ? "png" : "jpeg";
    return "data:image/" + type + ";base64," + Base64.getEncoder().encodeToString(picture);
  }

  /** One whole answer with this message and ending. */
  static String completion(String message, String more) {
    return """
    {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"theirs","choices":[{"index":0,"message":{"role":"assistant",%s},"logprobs":null%s}],%s}\
    """
        .formatted(message, more, USAGE.formatted(""));
  }

  static ScriptedAnswer markdown(byte[] picture) {
    return ScriptedAnswer.json(
        completion(
            "\"content\":\"Here: ![image](" + dataUri(picture) + ")\",\"refusal\":null",
            ",\"finish_reason\":\"stop\""));
  }

  static ScriptedAnswer words(String words) {
    return ScriptedAnswer.json(
        completion(
            "\"content\":\"" + quoted(words) + "\",\"refusal\":null",
            ",\"finish_reason\":\"stop\""));
  }

  static ScriptedAnswer images(byte[] picture, String cost) {
    return ScriptedAnswer.json(
        """
        {"id":"gen-1","provider":"Google","choices":[{"finish_reason":"stop","native_finish_reason":"STOP","message":{"role":"assistant","content":"Here.","refusal":null,"reasoning":"hm","reasoning_details":[{"type":"reasoning.encrypted","data":"c2ln"}],"images":[{"type":"image_url","image_url":{"url":"%s"},"index":0}]}}],%s}\
        """
            .formatted(dataUri(picture), USAGE.formatted(",\"cost\":" + cost)));
  }

  static ScriptedAnswer imagesInEvents(byte[] picture, String cost) {
    return events(
        List.of(
            event("\"role\":\"assistant\",\"content\":\"Here\"", "null"),
            event("\"content\":\".\",\"reasoning\":\"hm\"", "null"),
            event(
                "\"content\":\"\",\"images\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\""
                    + dataUri(picture)
                    + "\"}}]",
                "\"stop\""),
            "{\"choices\":[]," + USAGE.formatted(",\"cost\":" + cost) + "}"));
  }

  static ScriptedAnswer streamed(byte[] picture, int piece) {
    return events(pieces("Here: ![image](" + dataUri(picture) + ")", piece));
  }

  /** The events of a text that is cut into pieces. */
  static List<String> pieces(String text, int piece) {
    List<String> events = new ArrayList<>();
    for (int at = 0; at < text.length(); at += piece) {
      String cut = text.substring(at, Math.min(text.length(), at + piece));
      events.add(event("\"content\":\"" + quoted(cut) + "\"", "null"));
    }
    events.add(event("\"content\":\"\"", "\"stop\""));
    events.add("{\"choices\":[]," + USAGE.formatted("") + "}");
    return events;
  }

  static String event(String delta, String finishReason) {
    return "{\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{%s},\"finish_reason\":%s}]}"
        .formatted(delta, finishReason);
  }

  static ScriptedAnswer events(List<String> events) {
    return ScriptedAnswer.body(200, "text/event-stream", framed(events));
  }

  static String framed(List<String> events) {
    StringBuilder stream = new StringBuilder(": OPENROUTER PROCESSING \"\n\n");
    events.forEach(event -> stream.append("data: ").append(event).append("\n\n"));
    return stream.append("data: [DONE]\n\n").toString();
  }

  static ScriptedAnswer data(byte[] picture, String cost) {
    return ScriptedAnswer.json(
        """
        {"created":1,"data":[{"b64_json":"%s","media_type":"image/png","revised_prompt":null}],"usage":{"input_tokens":7,"output_tokens":1120,"total_tokens":1127,"cost":%s}}\
        """
            .formatted(Base64.getEncoder().encodeToString(picture), cost));
  }

  static ScriptedAnswer prediction(byte[] picture) {
    return ScriptedAnswer.json(
        """
        {"predictions":[{"mimeType":"image/png","bytesBase64Encoded":"%s"}]}\
        """
            .formatted(Base64.getEncoder().encodeToString(picture)));
  }

  static String quoted(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }
}
