package dev.plantain.conversation;

import dev.plantain.platform.ChatRef;
import dev.plantain.platform.CommunityRef;
import dev.plantain.platform.MemberRef;
import dev.plantain.platform.Place;
import dev.plantain.platform.PlatformId;
import dev.plantain.platform.RoleRef;
import dev.plantain.platform.Sender;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Row;
import dev.plantain.storage.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The chats and members that we have met. */
public final class Roster {

  private static final String CHATS =
      "select chat.id, chat.platform, chat.ref, chat.language, chat.community_id from chat";
  private static final String MEMBERS =
      "select id, platform, ref, name, language, handle from member";

  /**
   * A chat, under the number that stays the same when its platform gives it another reference.
   *
   * @param communityId empty for a chat in which nobody has spoken since communities are known
   */
  public record Chat(long id, ChatRef ref, Optional<String> language, Optional<Long> communityId) {}

  /** A member as last seen. */
  public record Member(
      long id, MemberRef ref, String name, Optional<String> language, Optional<String> handle) {}

  /** The chat, given its number now if it is new, in the community to which it belongs now. */
  public Chat meet(Tx tx, Place place) {
    ChatRef ref = place.chat();
    if (chat(tx, ref).isEmpty()) {
      tx.update(
          "insert into chat (platform, ref) values (?, ?)", ref.platform().value(), ref.value());
    }
    Chat chat = chat(tx, ref).orElseThrow();
    long community = meet(tx, place.community());
    if (chat.communityId().filter(known -> known == community).isPresent()) {
      return chat;
    }
    tx.update("update chat set community_id = ? where id = ?", community, chat.id());
    return chat(tx, chat.id());
  }

  /** As {@link #meet(Tx, Place)}; the first language that is heard in a chat stays its own. */
  public Chat meet(Tx tx, Place place, String language) {
    long id = meet(tx, place).id();
    tx.update("update chat set language = ? where id = ? and language is null", language, id);
    return chat(tx, id);
  }

  private static long meet(Tx tx, CommunityRef ref) {
    return community(tx, ref)
        .orElseGet(() ->
            tx.insert(
                "insert into community (platform, ref) values (?, ?) returning id",
                ref.platform().value(),
                ref.value()));
  }

  static Optional<Long> community(Reading reading, CommunityRef ref) {
    return reading.first(
        "select id from community where platform = ? and ref = ?",
        row -> row.number("id"),
        ref.platform().value(),
        ref.value());
  }

  /** The chat that has, or once had, this reference. */
  public Optional<Chat> chat(Reading reading, ChatRef ref) {
    return named(reading, ref).or(() -> movedFrom(reading, ref));
  }

  /** The chats of a community in which somebody has spoken to us. */
  public List<Chat> chats(Reading reading, CommunityRef ref) {
    return community(reading, ref)
        .map(id -> reading.list(CHATS + " where community_id = ? order by id", Roster::chat, id))
        .orElseGet(List::of);
  }

  static Optional<Chat> named(Reading reading, ChatRef ref) {
    return reading.first(
        CHATS + " where platform = ? and ref = ?",
        Roster::chat,
        ref.platform().value(),
        ref.value());
  }

  private static Optional<Chat> movedFrom(Reading reading, ChatRef ref) {
    return reading.first(
        CHATS
            + " join chat_move on chat_move.chat_id = chat.id"
            + " where chat_move.platform = ? and chat_move.ref = ?",
        Roster::chat,
        ref.platform().value(),
        ref.value());
  }

  public Chat chat(Reading reading, long id) {
    return reading
        .first(CHATS + " where id = ?", Roster::chat, id)
        .orElseThrow(() -> new IllegalArgumentException("no chat " + id));
  }

  /**
   * The member's number, given to them now if they are new; keeps their latest name and language.
   */
  public Member meet(Tx tx, Sender sender) {
    MemberRef ref = sender.member();
    tx.update(
        """
        insert into member (platform, ref, name, language, handle) values (?, ?, ?, ?, ?)
        on conflict (platform, ref) do update
          set name = excluded.name, language = coalesce(excluded.language, member.language),
            handle = coalesce(excluded.handle, member.handle)
        """,
        ref.platform().value(),
        ref.value(),
        sender.name(),
        sender.language(),
        sender.handle().map(Roster::folded));
    return find(tx, ref).orElseThrow();
  }

  /**
   * As {@link #meet(Tx, Sender)}; keeps what roles they have in the community, and when they were
   * first met there.
   */
  public Member meet(Tx tx, Sender sender, long communityId, Instant now) {
    Member member = meet(tx, sender);
    tx.update(
        """
        insert into first_seen (community_id, member_id, at) values (?, ?, ?)
        on conflict (community_id, member_id) do nothing
        """,
        communityId,
        member.id(),
        now);
    Set<String> roles = sender.roles().stream().map(RoleRef::value).collect(Collectors.toSet());
    if (!roles.equals(roles(tx, member.id(), communityId))) {
      tx.update(
          "delete from member_role where member_id = ? and community_id = ?",
          member.id(),
          communityId);
      for (String role : roles) {
        tx.update(
            "insert into member_role (member_id, community_id, role) values (?, ?, ?)",
            member.id(),
            communityId,
            role);
      }
    }
    return member;
  }

  /** The roles that a member had in a community when they were last seen there. */
  public Set<String> roles(Reading reading, long memberId, long communityId) {
    return Set.copyOf(
        reading.list(
            "select role from member_role where member_id = ? and community_id = ?",
            row -> row.text("role"),
            memberId,
            communityId));
  }

  /** Keeps what a role is called. */
  public void name(Tx tx, long communityId, RoleRef role, String name) {
    tx.update(
        """
        insert into role_name (community_id, role, name) values (?, ?, ?)
        on conflict (community_id, role) do update set name = excluded.name
        """,
        communityId,
        role.value(),
        name);
  }

  /** What a role was last called, where anybody has named it. */
  public Optional<String> roleName(Reading reading, long communityId, String role) {
    return reading.first(
        "select name from role_name where community_id = ? and role = ?",
        row -> row.text("name"),
        communityId,
        role);
  }

  /** Somebody who was met before. */
  public Optional<Member> find(Reading reading, MemberRef ref) {
    return reading.first(
        MEMBERS + " where platform = ? and ref = ?",
        Roster::member,
        ref.platform().value(),
        ref.value());
  }

  /**
   * Whoever was last seen under that handle.
   *
   * @param handle without {@code @}, in any case
   */
  public Optional<Member> find(Reading reading, PlatformId platform, String handle) {
    return reading.first(
        MEMBERS + " where platform = ? and handle = ? order by id desc",
        Roster::member,
        platform.value(),
        folded(handle));
  }

  private static String folded(String handle) {
    return handle.toLowerCase(Locale.ROOT);
  }

  public Member member(Reading reading, long id) {
    return known(reading, id).orElseThrow(() -> new IllegalArgumentException("no member " + id));
  }

  /** The member of that number, where there is one. */
  public Optional<Member> known(Reading reading, long id) {
    return reading.first(MEMBERS + " where id = ?", Roster::member, id);
  }

  /**
   * Where a chat is that belongs to a community of several people, for asking its platform who
   * governs it.
   */
  public Place place(Reading reading, long chatId) {
    return reading
        .first(
            """
            select chat.platform, chat.ref, community.platform as community_platform,
              community.ref as community_ref
            from chat join community on community.id = chat.community_id where chat.id = ?
            """,
            row ->
                new Place(
                    new ChatRef(new PlatformId(row.text("platform")), row.text("ref")),
                    new CommunityRef(
                        new PlatformId(row.text("community_platform")), row.text("community_ref")),
                    false),
            chatId)
        .orElseThrow(() -> new IllegalArgumentException("no community of the chat " + chatId));
  }

  private static Chat chat(Row row) {
    ChatRef ref = new ChatRef(new PlatformId(row.text("platform")), row.text("ref"));
    return new Chat(
        row.number("id"), ref, row.optionalText("language"), row.optionalNumber("community_id"));
  }

  private static Member member(Row row) {
    MemberRef ref = new MemberRef(new PlatformId(row.text("platform")), row.text("ref"));
    return new Member(
        row.number("id"),
        ref,
        row.text("name"),
        row.optionalText("language"),
        row.optionalText("handle"));
  }
}
