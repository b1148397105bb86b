package dev.plantain.telegram;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.objects.MessageEntity;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/**
 * What the text or caption of a message says once the mention or command that addressed us is taken
 * out; everything else stands as it was written.
 *
 * @param command its name in lower case, if the message begins with one
 * @param forAnotherBot the command names another bot
 * @param named our name is in the text
 */
record MessageWords(Optional<String> command, boolean forAnotherBot, boolean named, String words) {

  private static final Pattern COMMAND = Pattern.compile("/[A-Za-z0-9_]+(@\\w+)?");

  /** Offsets are in UTF-16 code units (Bot API 10.3, MessageEntity), as in a Java string. */
  static MessageWords of(Message message, long botId, String botName) {
    String text = message.getText() != null ? message.getText() : message.getCaption();
    if (text == null) {
      return new MessageWords(Optional.empty(), false, false, "");
    }
    List<MessageEntity> entities =
        message.getText() != null ? message.getEntities() : message.getCaptionEntities();
    return new Reading(text, botId, botName).read(entities == null ? List.of() : entities);
  }

  private record Span(int from, int to) {}

  private static final class Reading {
    private final String text;
    private final long botId;
    private final String botName;
    private final List<Span> addresses = new ArrayList<>();
    private Optional<String> command = Optional.empty();
    private boolean forAnotherBot;
    private boolean named;

    Reading(String text, long botId, String botName) {
      this.text = text;
      this.botId = botId;
      this.botName = botName;
    }

    MessageWords read(List<MessageEntity> entities) {
      for (MessageEntity entity : entities) {
        Span span = spanOf(entity);
        if (span != null) {
          read(entity, span);
        }
      }
      return new MessageWords(command, forAnotherBot, named, withoutAddresses());
    }

    private @Nullable Span spanOf(@Nullable MessageEntity entity) {
      if (entity == null || entity.getOffset() == null || entity.getLength() == null) {
        return null;
      }
      int from = entity.getOffset();
      long to = (long) from + entity.getLength();
      return from < 0 || to <= from || to > text.length() ? null : new Span(from, (int) to);
    }

    private void read(MessageEntity entity, Span span) {
      String covered = text.substring(span.from(), span.to());
      switch (entity.getType()) {
        case "bot_command" -> {
          if (span.from() == 0 && COMMAND.matcher(covered).matches()) {
            readCommand(covered);
            addresses.add(span);
          }
        }
        case "mention" -> {
          if (covered.equalsIgnoreCase("@" + botName)) {
            nameFound(span);
          }
        }
        case "text_mention" -> {
          if (entity.getUser() != null && Long.valueOf(botId).equals(entity.getUser().getId())) {
            nameFound(span);
          }
        }
        case null, default -> {}
      }
    }

    private void readCommand(String covered) {
      int at = covered.indexOf('@');
      String name = covered.substring(1, at < 0 ? covered.length() : at);
      command = Optional.of(name.toLowerCase(Locale.ROOT));
      if (at >= 0) {
        boolean ours = covered.substring(at + 1).equalsIgnoreCase(botName);
        named |= ours;
        forAnotherBot = !ours;
      }
    }

    private void nameFound(Span span) {
      named = true;
      addresses.add(span);
    }

    private String withoutAddresses() {
      StringBuilder kept = new StringBuilder(text);
      addresses.sort(Comparator.comparingInt(Span::from).reversed());
      int rest = text.length();
      for (Span address : addresses) {
        if (address.to() <= rest) {
          rest = address.from();
          cut(kept, address);
        }
      }
      return kept.toString().strip();
    }

    /** Takes the span out, and one of the two gaps that would then meet. */
    private static void cut(StringBuilder text, Span span) {
      int from = span.from();
      int to = span.to();
      if (to < text.length() && text.charAt(to) == '\n') {
        while (from > 0 && isGap(text.charAt(from - 1))) {
          from--;
        }
      } else if (from == 0 || Character.isWhitespace(text.charAt(from - 1))) {
        while (to < text.length() && isGap(text.charAt(to))) {
          to++;
        }
      }
      text.delete(from, to);
    }

    private static boolean isGap(char character) {
      return character == ' ' || character == '\t' || character == '\u00a0';
    }
  }
}
