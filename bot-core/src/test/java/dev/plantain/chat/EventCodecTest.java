package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.platform.ChatRef;
import dev.plantain.platform.CommunityRef;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.MemberRef;
import dev.plantain.platform.Mention;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Place;
import dev.plantain.platform.PlatformId;
import dev.plantain.platform.RoleRef;
import dev.plantain.platform.Said;
import dev.plantain.platform.Sender;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Events that were accepted by one version of the program and are handled by another. */
class EventCodecTest {
  private static final PlatformId PLATFORM = new PlatformId("fake");
  private static final ChatRef CHAT = new ChatRef(PLATFORM, "here");
  private final EventCodec codec = new EventCodec();

  @Test
  void whatIsWrittenIsReadAgain() {
    Sender ann =
        new Sender(
            new MemberRef(PLATFORM, "7"),
            "Ann",
            Optional.of("da"),
            Optional.of("ann"),
            Set.of(new RoleRef(PLATFORM, "artist")));
    Said said =
        new Said(
            new MessageRef(CHAT, "1"),
            "ask @Bo of @Artists",
            List.of(),
            Optional.of(
                new Said.Quoted(new MessageRef(CHAT, "2"), false, List.of(), Optional.of(ann))),
            Optional.empty(),
            List.of(
                new Mention.Person("@Bo", ann),
                new Mention.Role("@Artists", new RoleRef(PLATFORM, "artist"), "Artists")));
    IncomingEvent event =
        new IncomingEvent.Message(
            "m1", new Place(CHAT, new CommunityRef(PLATFORM, "server"), false), ann, said, true);

    assertThat(codec.read(codec.write(event))).isEqualTo(event);
  }

  @Test
  void whatWasAcceptedBeforeCommunitiesWereKnownIsStillHandled() {
    String old =
        """
        {"event": "message", "key": "m1", "addressed": true,
         "place": {"chat": {"platform": {"value": "fake"}, "value": "here"}, "direct": false},
         "sender": {"member": {"platform": {"value": "fake"}, "value": "7"}, "name": "Ann", "language": null},
         "said": {"message": {"chat": {"platform": {"value": "fake"}, "value": "here"}, "value": "1"},
           "words": "night", "attachments": [], "album": null,
           "replyTo": {"message": {"chat": {"platform": {"value": "fake"}, "value": "here"}, "value": "2"},
             "ours": true, "attachments": []}}}
        """;

    Sender ann = new Sender(new MemberRef(PLATFORM, "7"), "Ann", Optional.empty());
    Said.Quoted quoted = new Said.Quoted(new MessageRef(CHAT, "2"), true, List.of());
    Said said =
        new Said(
            new MessageRef(CHAT, "1"), "night", List.of(), Optional.of(quoted), Optional.empty());
    assertThat(codec.read(old))
        .isEqualTo(new IncomingEvent.Message("m1", new Place(CHAT, false), ann, said, true));
  }

  @Test
  void aMoveThatWasAcceptedBeforeCommunitiesWereKnownIsStillHandled() {
    String old =
        """
        {"event": "moved", "key": "m", "from": {"platform": {"value": "fake"}, "value": "here"},
         "to": {"platform": {"value": "fake"}, "value": "there"}}
        """;

    assertThat(codec.read(old))
        .isEqualTo(
            new IncomingEvent.Moved("m", CHAT, new ChatRef(PLATFORM, "there"), Optional.empty()));
  }
}
