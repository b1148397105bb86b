package dev.plantain.moderation;

import dev.plantain.moderation.Access.Kind;
import dev.plantain.moderation.Bans.Ban;
import dev.plantain.storage.Reading;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Holds what somebody wants against all that moderators have decided. Reads a few indexed rows,
 * whose number is bounded by the rules and does not grow with what has happened.
 */
public final class Screening {
  private final Bans bans;
  private final AccessRules access;
  private final WordRules words;

  public Screening(Bans bans, AccessRules access, WordRules words) {
    this.bans = bans;
    this.access = access;
    this.words = words;
  }

  /** Who wants something, and where. */
  public record Who(
      long communityId, long chatId, long memberId, Set<String> roles, boolean governs) {
    public Who {
      roles = Set.copyOf(roles);
    }
  }

  /** What they want, as far as it is known. */
  public sealed interface Wish {
    /** To give a command, whatever it does. */
    record Command(String name) implements Wish {}

    /**
     * A picture.
     *
     * @param words of the member
     * @param model its id
     * @param size its label
     */
    record Picture(String words, Optional<String> model, Optional<String> size) implements Wish {}
  }

  /** The first rule that is against it: those about people come first, those about words last. */
  public Verdict of(Reading reading, Who who, Wish wish, Instant now) {
    Access open = access.of(reading, who.communityId(), who.chatId());
    if (!who.governs()) {
      Optional<Ban> ban = bans.find(reading, who.communityId(), who.memberId(), now);
      if (ban.isPresent()) {
        return new Verdict.Banned(ban.get());
      }
    }
    return switch (wish) {
      case Wish.Command command ->
          who.governs() || open.isOpen(Kind.COMMAND, command.name())
              ? new Verdict.Open()
              : new Verdict.CommandDenied(command.name());
      case Wish.Picture picture -> picture(reading, open, who, picture);
    };
  }

  private Verdict picture(Reading reading, Access open, Who who, Wish.Picture wish) {
    if (!open.isOpen(Kind.CHAT, Long.toString(who.chatId()))) {
      return new Verdict.ChatDenied();
    }
    if (!who.governs() && !open.isOpenTo(who.memberId(), who.roles())) {
      return new Verdict.PersonDenied();
    }
    if (wish.model().filter(model -> !open.isOpen(Kind.MODEL, model)).isPresent()) {
      return new Verdict.ModelDenied(wish.model().get());
    }
    if (wish.size().filter(size -> !open.isOpen(Kind.SIZE, size)).isPresent()) {
      return new Verdict.SizeDenied(wish.size().get());
    }
    return words
        .find(reading, who.communityId(), wish.words())
        .<Verdict>map(Verdict.WordsDenied::new)
        .orElseGet(Verdict.Open::new);
  }
}
