package dev.plantain.chat;

import dev.plantain.Plantain;
import dev.plantain.conversation.Part;
import dev.plantain.conversation.Roster;
import dev.plantain.image.AspectRatio;
import dev.plantain.image.Guidance;
import dev.plantain.image.ImageSize;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.Offer;
import dev.plantain.job.JobStore;
import dev.plantain.media.MediaLimits;
import dev.plantain.media.MediaStore;
import dev.plantain.media.Pictures;
import dev.plantain.platform.Attachment;
import dev.plantain.platform.ChatRef;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.InteractionRef;
import dev.plantain.platform.MemberRef;
import dev.plantain.platform.Mention;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Place;
import dev.plantain.platform.RoleRef;
import dev.plantain.platform.Said;
import dev.plantain.platform.Sender;
import dev.plantain.quota.AuditResult;
import dev.plantain.quota.Caps;
import dev.plantain.quota.Cost;
import dev.plantain.quota.Ledger;
import dev.plantain.storage.Database;
import dev.plantain.storage.KillableDatabase;
import dev.plantain.style.Styles;
import dev.plantain.text.Messages;
import dev.plantain.time.DrivenClock;
import dev.plantain.words.Precheck;
import dev.plantain.words.TextModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A group and its members, seen from their side: they speak, press and look at what they are shown.
 * The core is whole and real; platform, model and clock are driven by the test.
 */
final class Scene implements AutoCloseable {
  static final Messages MESSAGES = Messages.load();

  /**
   * Shared by the tests of one process, as its folders take longer to make than most tests run, and
   * names are contents. Another process would take its drafts for left ones and remove them.
   */
  private static final Path PICTURES =
      Path.of("target", "pictures-of-scenes", System.getProperty("plantain.fork", "1"));

  static final Duration IDLE = Duration.ofMinutes(60);
  static final Guidance GUIDANCE = new Guidance(Optional.of("Be bright."), Optional.empty(), false);
  static final Duration PATIENCE = Duration.ofMinutes(15);
  static final int MAX_WORDS = 4000;
  static final int IMPROVEMENTS_PER_DAY = 3;

  /** Of a picture in micro-dollars, and a third of one in 4K. */
  static final long PRICE = 40_000;

  static final ModelSpec NANO =
      model("nano", "Nano", List.of("1:1", "16:9", "9:16", "4:3"), List.of("1K", "2K", "4K"), 3);
  static final ModelSpec SMALL = model("small", "Small", List.of(), List.of(), 3);
  static final ModelSpec SQUARE =
      model(
          "a-model-whose-id-is-so-long-that-it-does-not-fit-into-the-data-of-any-button",
          "Square",
          List.of("1:1"),
          List.of("1K"),
          3);

  private static final Offer OFFER = new Offer(NANO, List.of(NANO, SMALL, SQUARE));

  final FakePlatform platform = new FakePlatform();
  final DrivenClock clock = new DrivenClock();

  /** A provider of batches, which outlives our process. */
  final FakeBatches batches = new FakeBatches();

  final Place group = new Place(new ChatRef(FakePlatform.ID, "group"), false);
  final Sender ann = person("ann");
  final Sender bob = person("bob");
  final Place annsRoom = new Place(new ChatRef(FakePlatform.ID, "ann"), true);
  private final Map<MessageRef, List<Attachment>> attached = new HashMap<>();
  private final Path folder;
  private final Caps caps;
  private final Optional<TextModel> words;
  private final Precheck precheck;
  private final Optional<Duration> repeatsWithin;
  private int events;
  private Incarnation process;

  /** What lives and dies with a process. */
  record Incarnation(Database database, MediaStore media, FakeModel model, Plantain plantain) {}

  Scene(Path folder) {
    this(folder, new Immortal());
  }

  Scene(Path folder, KillableDatabase.Life life) {
    this(folder, life, Caps.NONE);
  }

  Scene(Path folder, Caps caps) {
    this(folder, new Immortal(), caps);
  }

  /** One in which a request gets what the same one made before. */
  static Scene repeating(Path folder, Duration within) {
    return new Scene(
        folder, new Immortal(), Caps.NONE, Optional.of(within), Optional.empty(), Precheck.NONE);
  }

  private Scene(Path folder, KillableDatabase.Life life, Caps caps) {
    this(folder, life, caps, Optional.empty(), Optional.empty(), Precheck.NONE);
  }

  /** With a text model, and what it looks at before pictures are made. */
  Scene(Path folder, KillableDatabase.Life life, Caps caps, TextModel words, Precheck precheck) {
    this(folder, life, caps, Optional.empty(), Optional.of(words), precheck);
  }

  private Scene(
      Path folder,
      KillableDatabase.Life life,
      Caps caps,
      Optional<Duration> repeatsWithin,
      Optional<TextModel> words,
      Precheck precheck) {
    this.folder = folder;
    this.caps = caps;
    this.repeatsWithin = repeatsWithin;
    this.words = words;
    this.precheck = precheck;
    this.process = begin(life);
  }

  /** A process that nobody ends. */
  static final class Immortal implements KillableDatabase.Life {
    @Override
    public void mustBeAlive() {}

    @Override
    public void committed() {}
  }

  private Incarnation begin(KillableDatabase.Life life) {
    try {
      MediaStore media = new MediaStore(PICTURES);
      Database database = KillableDatabase.open(folder, life);
      FakeModel model = new FakeModel(media);
      ChatAssembly.Ground ground =
          new ChatAssembly.Ground(
              database,
              new JobStore(),
              media,
              model,
              batches,
              OFFER,
              MESSAGES,
              clock,
              Styles.packaged(),
              words);
      ChatAssembly.Rules rules =
          new ChatAssembly.Rules(
              IDLE,
              MAX_WORDS,
              4,
              PATIENCE,
              6,
              repeatsWithin,
              GUIDANCE,
              new MediaLimits(20_000_000, 1_000_000),
              caps,
              IMPROVEMENTS_PER_DAY,
              precheck);
      return new Incarnation(
          database, media, model, new Plantain(rules, ground, List.of(platform)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process ends wherever it is, and another takes its place. */
  void restart(KillableDatabase.Life life) {
    process.database().close();
    process = begin(life);
    process.plantain().runner().reclaim();
  }

  static ModelSpec model(
      String id, String name, List<String> ratios, List<String> sizes, int images) {
    return new ModelSpec(
        id,
        name,
        List.of(),
        ratios.stream().map(ratio -> AspectRatio.parse(ratio).orElseThrow()).toList(),
        sizes.stream().map(ImageSize::new).toList(),
        Map.of(),
        images,
        50_000_000,
        65_536,
        true,
        false,
        Map.of(),
        List.of(),
        List.of(),
        Optional.of(
            new ModelSpec.Prices(
                Map.of(ModelSpec.DEFAULT, PRICE, "4K", 3 * PRICE),
                Optional.empty(),
                LocalDate.EPOCH,
                "a test")),
        Optional.empty(),
        Optional.empty());
  }

  static Sender person(String name) {
    return person(name, Optional.of("en"));
  }

  static Sender person(String name, Optional<String> language) {
    return new Sender(new MemberRef(FakePlatform.ID, name), name, language);
  }

  static byte[] photo(long seed) {
    return Pictures.png(40, 30, seed);
  }

  byte[] bytesOf(Part.Image image) {
    try (InputStream bytes = process.media().open(image.blob().id())) {
      return bytes.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Database database() {
    return process.database();
  }

  MediaStore media() {
    return process.media();
  }

  FakeModel model() {
    return process.model();
  }

  Plantain plantain() {
    return process.plantain();
  }

  /** Hands events in as an adapter does. */
  void accept(IncomingEvent... given) {
    process.plantain().sink().accept(List.of(given));
  }

  /** Runs what is due. */
  void run() {
    process.plantain().runner().runDue();
  }

  /** Lets time pass, and runs what becomes due. */
  void run(Duration time) {
    clock.advance(time);
    run();
  }

  /** Runs everything to its end, however often it has to be tried, but for what waits for days. */
  void settle() {
    run();
    for (int round = 0; round < 60 && unsettled() > 0; round++) {
      run(Duration.ofSeconds(10));
    }
  }

  /** How many jobs have yet to be run today. */
  long unsettled() {
    long tomorrow = clock.instant().plus(Duration.ofDays(1)).toEpochMilli();
    return count("job where state <> 'ended' and not_before < " + tomorrow);
  }

  /** What the cards of all open requests say of how far they are. */
  String progress() {
    CardStore cards =
        new CardStore(
            new Billing(new Ledger(caps), new Roster(), OFFER, clock),
            new HeldRequests(new JobStore(), clock));
    Replies replies = new Replies(MESSAGES, OFFER, media(), clock);
    return database().read(cards::open).stream()
        .map(card -> replies.progress(card, 0, clock.instant()).toString())
        .collect(Collectors.joining());
  }

  long count(String tableAndCondition) {
    return database()
        .read(reading ->
            reading
                .first("select count(*) as n from " + tableAndCondition, row -> row.number("n"))
                .orElseThrow());
  }

  AuditResult audit() {
    return database().read(new Ledger(caps)::audit);
  }

  /** What was paid for and kept: pictures and micro-dollars. */
  Cost spent() {
    return database()
        .read(reading ->
            reading
                .first(
                    """
                    select coalesce(sum(pictures), 0) as pictures,
                      coalesce(sum(micro_dollars), 0) as micro_dollars
                    from ledger_entry where request is not null
                    """,
                    row -> new Cost(row.number("pictures"), row.number("micro_dollars")))
                .orElseThrow());
  }

  /** What stands in a chat, oldest first. */
  List<FakePlatform.Post> posts(Place place) {
    return platform.posts().stream()
        .filter(post -> post.message().chat().equals(place.chat()))
        .toList();
  }

  FakePlatform.Post lastPost(Place place) {
    return posts(place).getLast();
  }

  /** The message of ours that answers a member's. */
  FakePlatform.Post answerTo(MessageRef request) {
    List<FakePlatform.Post> answers = answersTo(request);
    if (answers.size() != 1) {
      throw new AssertionError("not one answer: " + answers);
    }
    return answers.getFirst();
  }

  List<FakePlatform.Post> answersTo(MessageRef request) {
    return platform.posts().stream()
        .filter(post -> post.replyTo().filter(request::equals).isPresent())
        .toList();
  }

  Speech by(Sender speaker) {
    return new Speech(speaker);
  }

  InteractionRef press(Sender presser, Place place, FakePlatform.Post post, String action) {
    return press(presser, place, post.message(), post.button(action));
  }

  InteractionRef press(Sender presser, Place place, MessageRef message, String data) {
    String name = "press" + ++events;
    InteractionRef interaction = new InteractionRef(FakePlatform.ID, name);
    accept(new IncomingEvent.Button(name, place, presser, message, data, interaction));
    return interaction;
  }

  void edits(Sender sender, Place place, MessageRef message, String words) {
    accept(new IncomingEvent.Edited("edit" + ++events, place, sender, message, words));
  }

  /** Something that a member says; in the group and unaddressed unless told otherwise. */
  final class Speech {
    private final Sender speaker;
    private Place place = group;
    private boolean addressed;
    private final List<Attachment> attachments = new ArrayList<>();
    private Optional<Said.Quoted> quoted = Optional.empty();
    private Optional<String> album = Optional.empty();
    private final List<Mention> mentions = new ArrayList<>();
    private boolean awaited;

    private Speech(Sender speaker) {
      this.speaker = speaker;
    }

    Speech in(Place where) {
      place = where;
      return this;
    }

    Speech toUs() {
      addressed = true;
      return this;
    }

    Speech with(byte[] photo) {
      return with(platform.file(photo));
    }

    Speech with(Attachment attachment) {
      attachments.add(attachment);
      return this;
    }

    Speech ofAlbum(String name) {
      album = Optional.of(name);
      return this;
    }

    Speech naming(Mention mention) {
      mentions.add(mention);
      return this;
    }

    Speech replyingTo(FakePlatform.Post post) {
      quoted = Optional.of(new Said.Quoted(post.message(), true, List.of()));
      return this;
    }

    /** As platforms tell it that show the picture with the reply. */
    Speech replyingToPicture(FakePlatform.Post post) {
      Attachment shown = platform.file(post.file().orElseThrow());
      quoted = Optional.of(new Said.Quoted(post.message(), true, List.of(shown)));
      return this;
    }

    Speech replyingTo(MessageRef message) {
      quoted =
          Optional.of(new Said.Quoted(message, false, attached.getOrDefault(message, List.of())));
      return this;
    }

    /** They are shown that an answer is coming. */
    Speech waiting() {
      awaited = true;
      return this;
    }

    /** Whom the words name by {@code @} and their name. */
    Speech naming(Sender who) {
      mentions.add(new Mention.Person("@" + who.name(), who));
      return this;
    }

    Speech naming(RoleRef role, String name) {
      mentions.add(new Mention.Role("@" + name, role, name));
      return this;
    }

    Speech replyingTo(Sender author) {
      MessageRef theirs = by(author).in(place).unheard();
      quoted = Optional.of(new Said.Quoted(theirs, false, List.of(), Optional.of(author)));
      return this;
    }

    /** The message is there, and nobody tells us of it. */
    MessageRef unheard() {
      MessageRef message = platform.nextMessage(place.chat());
      attached.put(message, List.copyOf(attachments));
      return message;
    }

    MessageRef says(String words) {
      IncomingEvent.Message event = message(words);
      accept(event);
      return event.said().message();
    }

    IncomingEvent.Message message(String words) {
      Said said = said(words);
      return new IncomingEvent.Message(
          "message:" + said.message().value(), place, speaker, said, addressed);
    }

    MessageRef commands(String name, String arguments) {
      IncomingEvent.Command event = command(name, arguments);
      accept(event);
      return event.said().message();
    }

    IncomingEvent.Command command(String name, String arguments) {
      Said said = said(arguments);
      String key = "message:" + said.message().value();
      return new IncomingEvent.Command(key, place, speaker, said, name, addressed);
    }

    private Said said(String words) {
      return new Said(unheard(), words, attachments, quoted, album, mentions, awaited);
    }
  }

  @Override
  public void close() {
    process.plantain().close();
    process.database().close();
  }
}
