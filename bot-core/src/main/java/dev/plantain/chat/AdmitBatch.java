package dev.plantain.chat;

import dev.plantain.chat.BatchIntake.Wanted;
import dev.plantain.chat.Holding.Asker;
import dev.plantain.chat.Origins.Origin;
import dev.plantain.chat.Postbox.Letter;
import dev.plantain.command.PictureSettings;
import dev.plantain.command.PictureSettings.Choice;
import dev.plantain.command.RequestWords;
import dev.plantain.command.StyledWords;
import dev.plantain.job.Ending;
import dev.plantain.job.Job;
import dev.plantain.moderation.Screening;
import dev.plantain.moderation.SpamRules;
import dev.plantain.moderation.Verdict;
import dev.plantain.platform.Card;
import dev.plantain.platform.Place;
import dev.plantain.platform.Said;
import dev.plantain.platform.Sender;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Admits many requests at once, all or none: decides whether they may be made together. */
final class AdmitBatch {
  private final Stores stores;
  private final Platforms platforms;
  private final BatchStore batches;
  private final PictureSettings pictures;
  private final StyledWords styledWords;
  private final Origins origins;
  private final Gate gate;
  private final BatchIntake intake;
  private final Postbox postbox;
  private final Messages messages;
  private final InstantSource clock;
  private final int maxWords;
  private final int most;

  /**
   * @param maxWords characters of each request
   * @param most requests of a batch
   */
  AdmitBatch(
      Stores stores,
      Platforms platforms,
      BatchStore batches,
      PictureSettings pictures,
      StyledWords styledWords,
      Origins origins,
      Gate gate,
      BatchIntake intake,
      Postbox postbox,
      Messages messages,
      InstantSource clock,
      int maxWords,
      int most) {
    this.stores = stores;
    this.platforms = platforms;
    this.batches = batches;
    this.pictures = pictures;
    this.styledWords = styledWords;
    this.origins = origins;
    this.gate = gate;
    this.intake = intake;
    this.postbox = postbox;
    this.messages = messages;
    this.clock = clock;
    this.maxWords = maxWords;
    this.most = most;
  }

  /** What the transaction decided. */
  private sealed interface Decision {
    record Admitted(long batchId) implements Decision {}

    /** Nothing was written, and the member is told why. */
    record Declined(Visitor visitor, String why) implements Decision {}

    /** Moderators are against it; nothing was written. */
    record Closed(Visitor visitor, Verdict.Closed verdict) implements Decision {}
  }

  /** Called by the reception. Blocks on the network only to ask who is a moderator. */
  Ending admit(Job job, Place place, Sender sender, Said said) {
    Decision first = decide(job, place, sender, said, Asker.MEMBER);
    // Most of what could be against it does not hold for moderators.
    Decision decision =
        !(first instanceof Decision.Admitted) && gate.asker(place, sender) == Asker.MODERATOR
            ? decide(job, place, sender, said, Asker.MODERATOR)
            : first;
    return switch (decision) {
      case Decision.Admitted(long batchId) ->
          new Ending.Next(RunBatch.KIND, "batch:" + batchId, "" + batchId, tx -> {});
      case Decision.Declined(Visitor visitor, String why) -> {
        answer(job, visitor, said, Card.of(why));
        yield Ending.done();
      }
      case Decision.Closed(Visitor visitor, Verdict.Closed verdict) -> {
        Gate.Reply reply = gate.reply(visitor, verdict, said.awaited());
        reply.card().ifPresent(card -> answer(job, visitor, said, card));
        yield new Ending.Done(reply.rows());
      }
    };
  }

  private void answer(Job job, Visitor visitor, Said said, Card card) {
    postbox.post(
        Letter.toAskerAlone("answer:" + job.id(), visitor.chat(), said.message().value(), card));
  }

  private Decision decide(Job job, Place place, Sender sender, Said said, Asker asker) {
    try {
      return stores.database().write(tx -> decide(tx, job, place, sender, said, asker));
    } catch (BatchIntake.Declined e) {
      // Nothing of what was written before is kept.
      return new Decision.Declined(e.visitor(), e.why());
    }
  }

  private Decision decide(Tx tx, Job job, Place place, Sender sender, Said said, Asker asker) {
    Visitor visitor = Visitor.meet(tx, stores.roster(), messages, place, sender, clock.instant());
    Optional<BatchStore.Batch> earlier = batches.ofJob(tx, job.id());
    if (earlier.isPresent()) {
      return new Decision.Admitted(earlier.get().id());
    }
    List<String> lines = lines(said.words());
    if (lines.isEmpty()) {
      return declined(visitor, new Message.BatchHow(most));
    }
    if (!platforms.of(place.chat()).answersLater(said.message())) {
      return declined(visitor, new Message.BatchElsewhere());
    }
    boolean governs = asker == Asker.MODERATOR;
    if (gate.picture(tx, visitor, wish(""), governs) instanceof Verdict.Closed closed) {
      return new Decision.Closed(visitor, closed);
    }
    if (said.replyTo().filter(quoted -> gate.hides(tx, visitor.chat(), quoted)).isPresent()) {
      return declined(visitor, new Message.PictureIsHidden());
    }
    Origin origin = origins.of(tx, visitor, said, said.replyTo().isEmpty());
    if (origin.lane().isPresent()) {
      return declined(visitor, new Message.BatchTooEarly());
    }
    List<Wanted> wanted = new ArrayList<>();
    for (String line : lines) {
      StyledWords.Styled styled = styledWords.fill(RequestWords.parse(line), visitor.language());
      // By what a model would be given: flags may keep the words of a phrase apart.
      Screening.Wish wish = wish(styled.flags().words());
      if (gate.picture(tx, visitor, wish, governs) instanceof Verdict.Closed closed) {
        return new Decision.Closed(visitor, closed);
      }
      Optional<Message> refusal =
          styled
              .refusal()
              .or(() ->
                  styled.refusalWithoutPicture(visitor.language()).filter(why -> origin.isBare()))
              .or(() -> origins.unfit(place, origin, styled.flags().words(), maxWords));
      if (refusal.isPresent()) {
        return declined(visitor, refusal.get());
      }
      switch (pictures.choose(tx, visitor.member().id(), visitor.chat().id(), styled.flags())) {
        case Choice.Refused(Message why) -> {
          return declined(visitor, why);
        }
        case Choice.Fits fits -> {
          if (origin.attachments().size() > fits.model().maxImages()) {
            return declined(
                visitor,
                new Message.TooManyPictures(
                    origin.attachments().size(), fits.model().name(), fits.model().maxImages()));
          }
          for (int copy = 0; copy < fits.copies(); copy++) {
            wanted.add(new Wanted(styled.flags().words(), fits));
          }
        }
      }
    }
    return wanted.size() > most
        ? declined(visitor, new Message.BatchTooMany(wanted.size(), most))
        : write(tx, new BatchIntake.Asked(job, visitor, said, origin, asker), wanted);
  }

  private static Screening.Wish wish(String words) {
    return new Screening.Wish.Picture(words, Optional.empty(), Optional.empty());
  }

  /** One in each line or, where a platform has but one line, between strokes. */
  static List<String> lines(String words) {
    String between = words.strip().contains("\n") ? "\\R" : "[|｜]";
    List<String> lines = new ArrayList<>();
    for (String line : words.split(between, -1)) {
      if (!RequestWords.parse(line).words().isBlank()) {
        lines.add(line.strip());
      }
    }
    return lines;
  }

  private Decision write(Tx tx, BatchIntake.Asked asked, List<Wanted> wanted) {
    SpamRules.Asking asking =
        SpamGuard.asking(asked.visitor(), asked.said().words(), asked.origin().about());
    Optional<Verdict.Spam> spam = gate.spam().against(tx, asking, asked.asker());
    if (spam.isPresent()) {
      return new Decision.Closed(asked.visitor(), spam.get());
    }
    long batch = intake.write(tx, asked, wanted);
    gate.spam().note(tx, asking, false);
    return new Decision.Admitted(batch);
  }

  private Decision declined(Visitor visitor, Message why) {
    return new Decision.Declined(visitor, messages.text(why, visitor.language()));
  }
}
