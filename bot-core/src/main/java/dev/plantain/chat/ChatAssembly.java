package dev.plantain.chat;

import dev.plantain.command.Commands;
import dev.plantain.command.PictureSettings;
import dev.plantain.command.StyledWords;
import dev.plantain.conversation.ConversationStore;
import dev.plantain.conversation.Roster;
import dev.plantain.image.BatchModel;
import dev.plantain.image.Guidance;
import dev.plantain.image.ImageModel;
import dev.plantain.image.Offer;
import dev.plantain.job.JobHandler;
import dev.plantain.job.JobStore;
import dev.plantain.media.MediaLimits;
import dev.plantain.media.MediaStore;
import dev.plantain.media.PassingFiles;
import dev.plantain.media.PhotoIntake;
import dev.plantain.moderation.AuditTrail;
import dev.plantain.moderation.ModerationRules;
import dev.plantain.platform.ChatPlatform;
import dev.plantain.platform.CommandSpec;
import dev.plantain.platform.EventSink;
import dev.plantain.quota.Caps;
import dev.plantain.quota.Ledger;
import dev.plantain.settings.SettingsStore;
import dev.plantain.storage.Database;
import dev.plantain.style.Styles;
import dev.plantain.text.Messages;
import dev.plantain.words.Precheck;
import dev.plantain.words.TextModel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** The path of a request, put together: where events go in, and the steps that the jobs run. */
public final class ChatAssembly {
  private final ChatService service;
  private final List<JobHandler> handlers;
  private final Progress progress;
  private final LogPosts logPosts;
  private final List<CommandSpec> commands;
  private final Database database;
  private final Billing billing;

  /**
   * What an operator decides.
   *
   * @param idle how long a chat may pause before words alone begin a new conversation
   * @param maxWords characters of a request
   * @param concurrency how many pictures are made at once
   * @param patience how long a model that has no room is asked again
   * @param batchMost how many pictures may be asked for at once; zero where batches are not taken
   * @param repeatsWithin for how long a request is answered by what the same one made before; empty
   *     where it never is
   * @param guidance how models are to go about every request
   * @param caps how much may be spent
   * @param improvementsPerDay how often a member may have words improved in 24 hours
   * @param precheck whether requests are looked at before anything is made
   */
  public record Rules(
      Duration idle,
      int maxWords,
      int concurrency,
      Duration patience,
      int batchMost,
      Optional<Duration> repeatsWithin,
      Guidance guidance,
      MediaLimits media,
      Caps caps,
      int improvementsPerDay,
      Precheck precheck) {}

  /**
   * What the path stands on.
   *
   * @param textModel empty where there is none: then nothing is improved or looked at
   */
  public record Ground(
      Database database,
      JobStore jobs,
      MediaStore media,
      ImageModel model,
      BatchModel batches,
      Offer offer,
      Messages messages,
      InstantSource clock,
      Styles styles,
      Optional<TextModel> textModel) {}

  /**
   * Puts the path together; nothing runs yet.
   *
   * @param wake says to whoever runs the jobs that there are some
   * @param interrupt ends the step that a job is in
   */
  public ChatAssembly(
      Rules rules,
      Ground ground,
      List<ChatPlatform> chatPlatforms,
      Runnable wake,
      LongConsumer interrupt) {
    this.database = ground.database();
    Messages messages = ground.messages();
    InstantSource clock = ground.clock();
    JobStore jobs = ground.jobs();
    Platforms platforms = new Platforms(chatPlatforms);
    Roster roster = new Roster();
    ConversationStore conversations = new ConversationStore();
    Ledger ledger = new Ledger(rules.caps());
    this.billing = new Billing(ledger, roster, ground.offer(), clock);
    HeldRequests held = new HeldRequests(jobs, clock);
    BatchStore batches = new BatchStore();
    CardStore cards = new CardStore(billing, held);
    SettingsStore settings = new SettingsStore();
    CardLocks locks = new CardLocks();
    Postbox postbox = new Postbox(database, platforms, clock);
    Replies replies = new Replies(messages, ground.offer(), ground.media(), clock);
    Stores stores = new Stores(database, roster, conversations, cards, jobs);
    ModerationRules moderation = new ModerationRules();
    PictureSettings pictures = new PictureSettings(settings, moderation.access(), ground.offer());
    Results results =
        new Results(
            stores,
            settings,
            pictures,
            batches,
            moderation.reports(),
            platforms,
            replies,
            new PassingFiles(ground.media()));
    Gate gate = new Gate(stores, platforms, moderation, messages, clock);
    Holding holding = new Holding(moderation.approval(), held, billing, clock);
    Cancellation cancellation = new Cancellation(stores, held, batches, gate, replies, clock);
    DeleteUploads uploads = new DeleteUploads(stores, ground.model(), clock);
    ReportedCards reported =
        new ReportedCards(stores, moderation.reports(), billing, uploads, clock);
    Styles styles = ground.styles();
    StyledWords styledWords = new StyledWords(styles);
    Commands commandList =
        new Commands(
            database,
            settings,
            ledger,
            moderation,
            cancellation,
            reported,
            uploads,
            ground.offer(),
            styles,
            messages,
            clock,
            rules.idle(),
            rules.batchMost() > 0,
            new PassingFiles(ground.media()),
            ground.textModel().isPresent() && rules.improvementsPerDay() > 0);
    CardPoster poster = new CardPoster(stores, postbox, locks, replies, clock);
    PressedDecision decisions =
        new PressedDecision(
            stores,
            platforms,
            held,
            moderation.approval(),
            new AuditTrail(),
            billing,
            gate,
            cancellation,
            replies,
            messages,
            clock);
    Origins origins = new Origins(stores, platforms, gate, rules.idle(), clock);
    AdmitRequest requests =
        new AdmitRequest(
            stores,
            pictures,
            styledWords,
            origins,
            gate,
            holding,
            held,
            decisions,
            postbox,
            poster,
            messages,
            clock,
            rules.maxWords());
    AdmitBatch manyRequests =
        new AdmitBatch(
            stores,
            platforms,
            batches,
            pictures,
            styledWords,
            origins,
            gate,
            new BatchIntake(
                stores, batches, origins, holding, billing, ground.batches(), messages, clock),
            postbox,
            messages,
            clock,
            rules.maxWords(),
            rules.batchMost());
    ImprovementStore improvements = new ImprovementStore();
    ImprovementCards improvementCards = new ImprovementCards(messages);
    PressAnswers pressAnswers = new PressAnswers(platforms, messages);
    Optional<TextCalls> textCalls =
        ground.textModel().map(model -> new TextCalls(model, stores, billing));
    PatienceWithWords patienceWithWords = new PatienceWithWords(clock, rules.patience());
    PrecheckRequest precheck =
        new PrecheckRequest(
            stores, batches, gate, textCalls, rules.precheck(), patienceWithWords, replies, clock);
    Presses presses =
        new Presses(
            stores,
            platforms,
            commandList,
            settings,
            pictures,
            holding,
            gate,
            cancellation,
            batches,
            decisions,
            reported,
            new PressedReport(
                stores, platforms, reported, moderation, cancellation, pressAnswers, clock),
            new PressedImprovement(
                stores, improvements, requests, postbox, improvementCards, pressAnswers),
            postbox,
            poster,
            replies,
            messages,
            clock,
            interrupt);
    ChangeRequest changes =
        new ChangeRequest(
            stores,
            held,
            batches,
            holding,
            gate,
            precheck,
            postbox,
            replies,
            pictures,
            styledWords,
            rules.maxWords());
    Answers answers = new Answers(stores, billing, ground.offer(), replies, clock);
    ImageRequests imageRequests =
        new ImageRequests(stores, gate, settings, ground.offer(), rules.guidance(), replies);
    Packing packing = new Packing(batches, imageRequests);
    Listening listening = new Listening(database, roster, settings, moderation.access());
    Albums albums = new Albums(database, jobs, listening);
    this.commands = commandList.specs();
    this.service = new ChatService(database, jobs, commandList, albums, listening, clock, wake);
    this.progress =
        new Progress(database, platforms, roster, cards, jobs, postbox, locks, replies, clock);
    this.logPosts = new LogPosts(stores, moderation.duties(), postbox, messages, clock, wake);
    this.handlers =
        List.of(
            new Reception(
                database,
                platforms,
                roster,
                commandList,
                gate,
                requests,
                new AdmitImprovement(
                    stores,
                    improvements,
                    gate,
                    billing,
                    ground.offer(),
                    postbox,
                    improvementCards,
                    messages,
                    clock,
                    new AdmitImprovement.Rules(rules.maxWords(), rules.improvementsPerDay())),
                manyRequests,
                changes,
                presses,
                cancellation,
                postbox,
                messages,
                clock),
            albums,
            new FetchPhotos(
                stores,
                platforms,
                held,
                new PhotoIntake(ground.media(), rules.media()),
                precheck,
                replies,
                clock),
            precheck,
            new ImproveWords(
                stores,
                improvements,
                platforms,
                textCalls,
                patienceWithWords,
                postbox,
                improvementCards,
                clock,
                rules.maxWords()),
            new AwaitApproval(stores, held, replies, clock),
            new ShowHeld(
                stores,
                held,
                moderation.duties(),
                platforms,
                postbox,
                new HeldCards(stores, billing, replies, messages)),
            new RenderImage(
                stores,
                imageRequests,
                new MadeBefore(stores, batches, gate, rules.repeatsWithin(), clock),
                answers,
                billing,
                ground.model(),
                rules.concurrency(),
                rules.patience(),
                clock),
            new BatchedRequest(stores, batches, precheck, answers, clock),
            new RunBatch(
                stores,
                batches,
                precheck,
                packing,
                new Shipping(
                    stores,
                    batches,
                    ground.batches(),
                    imageRequests,
                    packing,
                    answers,
                    billing,
                    clock),
                new BatchMessage(postbox, messages),
                wake,
                clock),
            new RepeatRequest(stores, gate, billing, poster, held, precheck, replies, clock),
            new DeliverResult(stores, billing, results, postbox, locks, replies, clock),
            new ShowReported(
                stores, results, moderation, platforms, postbox, locks, replies, messages, clock),
            logPosts,
            uploads);
  }

  public EventSink sink() {
    return service;
  }

  public List<JobHandler> handlers() {
    return handlers;
  }

  public List<CommandSpec> commands() {
    return commands;
  }

  /** Puts right, before anything runs, what an earlier process may have left undone. */
  public void recover() {
    database.update(billing::releaseAbandoned);
  }

  /** Begins to show how far jobs have come, on the cards, and what was done, in log chats. */
  public void showProgress() {
    progress.start();
    logPosts.start();
  }

  /**
   * Shows now what is new, on the cards and in log chats. For tests, which do not let it run by
   * itself.
   */
  public void showProgressOnce() {
    progress.look();
    logPosts.look();
  }

  public void stopProgress() {
    progress.close();
    logPosts.close();
  }
}
