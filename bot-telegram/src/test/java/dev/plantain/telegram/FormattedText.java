package dev.plantain.telegram;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text as Telegram stores it: plain, with entities by UTF-16 offsets. */
record FormattedText(String text, ArrayNode entities) {

  private static final Map<String, Pattern> FOUND =
      Map.of(
          "mention", Pattern.compile("(?<![\\w@/])@[A-Za-z0-9_]{3,32}"),
          "bot_command", Pattern.compile("(?<![\\w/<>])/[A-Za-z0-9_]{1,64}(@[A-Za-z0-9_]{3,32})?"),
          "url", Pattern.compile("https?://[^\\s]+"),
          "hashtag", Pattern.compile("(?<![\\w#])#[\\p{L}\\p{N}_]+"),
          "email", Pattern.compile("[\\w.+-]+@[\\w-]+\\.[\\w.-]*\\w"));

  private static final Map<String, String> TAGS =
      Map.ofEntries(
          Map.entry("b", "bold"),
          Map.entry("strong", "bold"),
          Map.entry("i", "italic"),
          Map.entry("em", "italic"),
          Map.entry("u", "underline"),
          Map.entry("ins", "underline"),
          Map.entry("s", "strikethrough"),
          Map.entry("strike", "strikethrough"),
          Map.entry("del", "strikethrough"),
          Map.entry("tg-spoiler", "spoiler"),
          Map.entry("span", "spoiler"),
          Map.entry("code", "code"),
          Map.entry("pre", "pre"),
          Map.entry("a", "text_link"),
          Map.entry("blockquote", "blockquote"));

  private static final Set<String> NAMED = Set.of("&lt;", "&gt;", "&amp;", "&quot;");
  private static final Pattern CHARACTER = Pattern.compile("&(#\\d+|#x[0-9a-fA-F]+|[a-z]+);");
  private static final Pattern TAG = Pattern.compile("<(/?)([a-zA-Z-]+)([^<>]*)>");

  /** What the server finds by itself in text that somebody typed. */
  static FormattedText typed(String text) {
    ArrayNode entities = JsonNodeFactory.instance.arrayNode();
    FOUND.forEach((type, pattern) -> {
      Matcher matcher = pattern.matcher(text);
      while (matcher.find()) {
        entities.add(entity(type, matcher.start(), matcher.end()));
      }
    });
    return new FormattedText(text, sorted(entities));
  }

  /**
   * The HTML style of the Bot API.
   *
   * @throws IllegalArgumentException with the server's words
   */
  static FormattedText html(String source) {
    record Open(String tag, ObjectNode entity) {}
    StringBuilder text = new StringBuilder();
    ArrayNode entities = JsonNodeFactory.instance.arrayNode();
    Deque<Open> open = new ArrayDeque<>();
    int at = 0;
    while (at < source.length()) {
      char next = source.charAt(at);
      if (next == '<') {
        Matcher tag = TAG.matcher(source).region(at, source.length());
        if (!tag.lookingAt() || !TAGS.containsKey(tag.group(2).toLowerCase(Locale.ROOT))) {
          throw new IllegalArgumentException(
              "can't parse entities: Unsupported start tag at byte offset " + at);
        }
        String name = tag.group(2).toLowerCase(Locale.ROOT);
        if (tag.group(1).isEmpty()) {
          open.push(new Open(name, begun(name, tag.group(3), text.length())));
        } else if (open.isEmpty() || !open.peek().tag().equals(name)) {
          throw new IllegalArgumentException(
              "can't parse entities: Unmatched end tag at byte offset " + at);
        } else {
          ObjectNode entity = open.pop().entity();
          int length = text.length() - entity.path("offset").intValue();
          if (length > 0) {
            entities.add(entity.put("length", length));
          }
        }
        at = tag.end();
      } else if (next == '&') {
        at += character(source, at, text);
      } else {
        text.append(next);
        at++;
      }
    }
    if (!open.isEmpty()) {
      throw new IllegalArgumentException(
          "can't parse entities: Can't find end tag corresponding to start tag \""
              + open.peek().tag()
              + "\"");
    }
    return new FormattedText(text.toString(), sorted(entities));
  }

  private static ObjectNode begun(String tag, String attributes, int offset) {
    boolean expandable = tag.equals("blockquote") && attributes.contains("expandable");
    ObjectNode entity =
        entity(expandable ? "expandable_blockquote" : TAGS.getOrDefault(tag, tag), offset, offset);
    Matcher href = Pattern.compile("href=[\"']([^\"']*)[\"']").matcher(attributes);
    if (href.find()) {
      entity.put("url", href.group(1));
    }
    return entity;
  }

  private static int character(String source, int at, StringBuilder text) {
    Matcher named = CHARACTER.matcher(source).region(at, source.length());
    if (!named.lookingAt()) {
      text.append('&');
      return 1;
    }
    String name = named.group(1);
    if (name.startsWith("#x")) {
      text.appendCodePoint(Integer.parseInt(name.substring(2), 16));
    } else if (name.startsWith("#")) {
      text.appendCodePoint(Integer.parseInt(name.substring(1)));
    } else if (NAMED.contains(named.group())) {
      text.append(
          switch (name) {
            case "lt" -> '<';
            case "gt" -> '>';
            case "amp" -> '&';
            default -> '"';
          });
    } else {
      text.append(named.group());
    }
    return named.end() - at;
  }

  static ObjectNode entity(String type, int start, int end) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", type)
        .put("offset", start)
        .put("length", end - start);
  }

  private static ArrayNode sorted(ArrayNode entities) {
    ArrayNode sorted = JsonNodeFactory.instance.arrayNode();
    entities
        .valueStream()
        .sorted(java.util.Comparator.comparingInt(each -> each.path("offset").intValue()))
        .forEach(sorted::add);
    return sorted;
  }
}
