package dev.plantain.discord;

import dev.plantain.discord.DiscordRefs.Asking;
import dev.plantain.discord.DiscordRefs.RemoteFile;
import dev.plantain.discord.Questions.About;
import dev.plantain.discord.Questions.Shown;
import dev.plantain.platform.Attachment;
import dev.plantain.platform.CommandSpec;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.PlatformException;
import dev.plantain.platform.Said;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.dv8tion.jda.api.entities.User;
import net.dv8tion.jda.api.events.interaction.ModalInteractionEvent;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Acknowledges the answers to our {@link Questions}, and hands them on as what they are about. */
final class WindowAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(WindowAnswers.class);

  private final EventMapper mapper;
  private final Handing handing;
  private final Questions questions;
  private final DiscordRest rest;

  /** Commands that everybody may see answered. */
  private final Set<String> open;

  WindowAnswers(
      EventMapper mapper,
      Handing handing,
      Questions questions,
      DiscordRest rest,
      List<CommandSpec> specs) {
    this.mapper = mapper;
    this.handing = handing;
    this.questions = questions;
    this.rest = rest;
    this.open =
        specs.stream()
            .filter(spec -> !spec.discreet())
            .map(CommandSpec::name)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** What came with a command is not known any more, as we were started anew since. */
  private static final class Forgotten extends RuntimeException {
    Forgotten(String command) {
      super("what was given with /" + command + " before its window");
    }
  }

  /** Blocks, and is called on a thread of its own. */
  void submit(ModalInteractionEvent event) {
    Optional<About> about = Questions.about(event.getModalId());
    boolean discreet = about.map(known -> isDiscreet(event, known)).orElse(true);
    Asking asking = mapper.asking(event, discreet);
    if (handing.isAcknowledged(event.deferReply(discreet))) {
      handing.met(event);
      try {
        handing.handOrApologize(
            event, asking, about.map(known -> answered(event, asking, known)).orElseThrow());
      } catch (PlatformException | Refusals.Refused | SignInRefused | Forgotten unknown) {
        LOG.warn("What a window was about could not be read.", unknown);
        handing.apologize(event, asking);
      }
    }
  }

  private boolean isDiscreet(ModalInteractionEvent event, About about) {
    return switch (about) {
      case About.OurCard card -> event.getMessage() != null && event.getMessage().isEphemeral();
      case About.SomeMessage menu -> !open.contains(menu.command());
      case About.SomePerson menu -> !open.contains(menu.command());
      case About.Unsaid unsaid -> !open.contains(unsaid.command());
    };
  }

  private IncomingEvent answered(ModalInteractionEvent event, Asking asking, About about) {
    return switch (about) {
      case About.OurCard card ->
          new IncomingEvent.Message(
              mapper.key("answer", event.getId()),
              mapper.placeOf(event),
              mapper.senderOf(event),
              new Said(
                      mapper.asked(event, asking),
                      words(event),
                      List.of(),
                      Optional.ofNullable(event.getMessage())
                          .map(message ->
                              new Said.Quoted(
                                  mapper.refOf(event, message),
                                  true,
                                  mapper.quoted(message).attachments())),
                      Optional.empty())
                  .awaiting(),
              true);
      case About.SomeMessage menu -> aboutMessage(event, asking, menu);
      case About.SomePerson menu -> {
        Shown avatar = questions.recall(menu).orElseGet(() -> avatar(event, menu.user()));
        yield command(event, asking, menu.command(), avatar, Optional.empty());
      }
      case About.Unsaid unsaid -> {
        Shown given =
            unsaid
                .given()
                .map(options -> new Shown(false, List.of(), options))
                .or(() -> questions.recall(unsaid))
                .orElseThrow(() -> new Forgotten(unsaid.command()));
        yield command(event, asking, unsaid.command(), given, Optional.empty());
      }
    };
  }

  private IncomingEvent aboutMessage(
      ModalInteractionEvent event, Asking asking, About.SomeMessage menu) {
    Shown shown = questions.recall(menu).orElseGet(() -> readAgain(event, menu.message()));
    if (!shown.ours() && shown.pictures().isEmpty()) {
      return new IncomingEvent.Withheld(
          mapper.key("answer", event.getId()),
          mapper.placeOf(event),
          mapper.senderOf(event),
          mapper.asked(event, asking),
          true);
    }
    MessageRef message = mapper.addressOf(event).message(menu.message());
    return command(
        event,
        asking,
        menu.command(),
        new Shown(false, List.of()),
        Optional.of(new Said.Quoted(message, shown.ours(), shown.pictures())));
  }

  private IncomingEvent command(
      ModalInteractionEvent event,
      Asking asking,
      String name,
      Shown given,
      Optional<Said.Quoted> replyTo) {
    List<Attachment> files =
        Stream.concat(given.pictures().stream(), uploadsIn(event).stream()).toList();
    return new IncomingEvent.Command(
        mapper.key("answer", event.getId()),
        mapper.placeOf(event),
        mapper.senderOf(event),
        new Said(mapper.asked(event, asking), words(event), files, replyTo, Optional.empty())
            .awaiting(),
        name,
        true,
        given.options());
  }

  private static List<Attachment> uploadsIn(ModalInteractionEvent event) {
    return Optional.ofNullable(event.getValue(Questions.pictures()))
        .map(value -> value.getAsAttachmentList().stream().map(EventMapper::fleeting).toList())
        .orElse(List.of());
  }

  private static String words(ModalInteractionEvent event) {
    return Optional.ofNullable(event.getValue(Questions.words()))
        .map(value -> value.getAsString().strip())
        .orElse("");
  }

  private Shown readAgain(ModalInteractionEvent event, String message) {
    String channel = mapper.addressOf(event).channel();
    DataObject read;
    try {
      read = rest.send("a message", Route.Messages.GET_MESSAGE.compile(channel, message));
    } catch (Refusals.Refused notForUs) {
      return new Shown(false, List.of());
    }
    DataArray files = read.optArray("attachments").orElseGet(DataArray::empty);
    List<Attachment> pictures =
        IntStream.range(0, files.length())
            .mapToObj(files::getObject)
            .filter(file -> file.getString("content_type", "image/").startsWith("image/"))
            .map(file -> attachment(channel, message, file))
            .toList();
    return new Shown(mapper.isUs(read.getObject("author").getString("id")), pictures);
  }

  private static Attachment attachment(String channel, String message, DataObject file) {
    RemoteFile.Where where = new RemoteFile.Where(channel, message, file.getString("id"));
    return new Attachment(
        new RemoteFile(Optional.of(where), file.getString("url")).ref(),
        Optional.ofNullable(file.getString("content_type", null)),
        Optional.of(file.getLong("size", 0)));
  }

  private Shown avatar(ModalInteractionEvent event, String user) {
    User read = rest.await("a person", event.getJDA().retrieveUserById(user));
    return new Shown(false, List.of(EventMapper.picture(read.getEffectiveAvatarUrl())));
  }
}
