package dev.plantain.image.gemini;

import dev.plantain.conversation.Author;
import dev.plantain.conversation.Content;
import dev.plantain.conversation.Part;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.RemoteFile;
import dev.plantain.image.endpoint.Uploads;
import dev.plantain.image.wire.RequestPiece;
import dev.plantain.media.Blob;
import dev.plantain.media.BlobId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which pictures of a request go as files over one line, and sees that each is uploaded
 * once. Used by many threads.
 *
 * <p>Those that members sent come first. A picture of the model's own goes back inside of the
 * request, where its signature is known to hold, unless the request is too large with it.
 */
final class PicturesAsFiles {
  private static final Logger log = LoggerFactory.getLogger(PicturesAsFiles.class);

  /** A file is referred to until so long before it expires: longer than any answer takes. */
  private static final Duration MARGIN = Duration.ofMinutes(30);

  /** After a failure nothing is uploaded that need not be. */
  private static final Duration REST = Duration.ofMinutes(10);

  private static final int MOST_REMEMBERED = 4_096;
  private static final int LOCKS = 64;

  private final String line;
  private final Uploads rules;
  private final FilesApi files;
  private final KnownUploads known;
  private final InstantSource clock;
  private final List<ReentrantLock> locks =
      Stream.generate(ReentrantLock::new).limit(LOCKS).toList();
  private final Set<BlobId> sent = Collections.synchronizedSet(newestOf(MOST_REMEMBERED));
  private volatile Instant restsUntil = Instant.MIN;

  PicturesAsFiles(
      String line, Uploads rules, FilesApi files, KnownUploads known, InstantSource clock) {
    this.line = line;
    this.rules = rules;
    this.files = files;
    this.known = known;
    this.clock = clock;
  }

  private static Set<BlobId> newestOf(int most) {
    return Collections.newSetFromMap(
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<BlobId, Boolean> eldest) {
            return size() > most;
          }
        });
  }

  /** How the pictures of a request go. */
  sealed interface Choice {
    /** These as files, the others inside of it. */
    record Referring(Map<BlobId, Upload> files) implements Choice {
      public Referring {
        files = Map.copyOf(files);
      }
    }

    /** It is too large, and what would make it smaller could not be uploaded. */
    record TooLarge(Failed failure) implements Choice {}
  }

  /**
   * Chooses, and uploads what has to be. Blocks until the limit is over at the most.
   *
   * @param only what is too large otherwise becomes a file
   */
  Choice choose(ImageRequest request, boolean only, Duration limit) throws InterruptedException {
    Round round = new Round(clock.instant().plus(limit));
    if (!only) {
      round.refer(request.contents());
    }
    Choice choice = round.fit(request);
    pictures(request.contents(), Author.MEMBER).map(Blob::id).forEach(sent::add);
    return choice;
  }

  /**
   * Forgets files of which the provider says that one is not there, and deletes those that are
   * there after all. Blocks on the network.
   */
  void drop(Map<BlobId, Upload> referred) throws InterruptedException {
    for (Upload upload : referred.values()) {
      if (files.delete(upload.name()).isEmpty()) {
        known.remove(new RemoteFile(line, upload.name()));
      }
    }
  }

  private static Stream<Blob> pictures(List<Content> contents, Author author) {
    return contents.stream()
        .filter(content -> content.author() == author)
        .flatMap(content -> content.parts().stream())
        .filter(Part.Image.class::isInstance)
        .map(part -> ((Part.Image) part).blob());
  }

  /** The choice for one request. */
  private final class Round {
    private final Instant deadline;
    private final Map<BlobId, Upload> chosen = new HashMap<>();
    private Optional<Failed> failure = Optional.empty();

    Round(Instant deadline) {
      this.deadline = deadline;
    }

    /** What is there is referred to, and what is used again is uploaded. */
    void refer(List<Content> contents) throws InterruptedException {
      List<Content> earlier = contents.subList(0, contents.size() - 1);
      Set<BlobId> again = Collections.newSetFromMap(new HashMap<>());
      pictures(earlier, Author.MEMBER).map(Blob::id).forEach(again::add);
      for (Blob picture : pictures(contents, Author.MEMBER).toList()) {
        boolean wanted =
            switch (rules.when()) {
              case NEVER -> false;
              case REUSED -> again.contains(picture.id()) || sent.contains(picture.id());
              case ALWAYS -> true;
            };
        choose(picture, wanted && !clock.instant().isBefore(restsUntil));
      }
    }

    /** The largest go until the rest fits into a request. */
    Choice fit(ImageRequest request) throws InterruptedException {
      List<Blob> candidates = new ArrayList<>();
      for (Author author : List.of(Author.MEMBER, Author.MODEL)) {
        pictures(request.contents(), author)
            .sorted(Comparator.comparingLong(Blob::bytes).reversed())
            .forEach(candidates::add);
      }
      for (Blob picture : candidates) {
        if (bytes(request) <= rules.mostInlineBytes() || failure.isPresent()) {
          break;
        }
        choose(picture, true);
      }
      long bytes = bytes(request);
      return bytes <= rules.mostInlineBytes() || failure.isEmpty()
          ? new Choice.Referring(chosen)
          : new Choice.TooLarge(tooLarge(bytes, failure.get()));
    }

    private long bytes(ImageRequest request) {
      return RequestMapper.map(request, true, chosen).stream().mapToLong(RequestPiece::bytes).sum();
    }

    private void choose(Blob picture, boolean uploading) throws InterruptedException {
      if (!chosen.containsKey(picture.id())) {
        Optional<Upload> file = there(picture.id());
        (file.isEmpty() && uploading ? uploaded(picture) : file)
            .ifPresent(upload -> chosen.put(picture.id(), upload));
      }
    }

    private Optional<Upload> there(BlobId picture) {
      return known
          .find(line, picture)
          .filter(upload -> clock.instant().isBefore(upload.expiresAt().minus(MARGIN)));
    }

    /** Whoever wants the same picture meanwhile waits, and finds it. */
    private Optional<Upload> uploaded(Blob picture) throws InterruptedException {
      ReentrantLock lock = locks.get(Math.floorMod(picture.id().hashCode(), LOCKS));
      if (!lock.tryLock(left().toMillis(), TimeUnit.MILLISECONDS)) {
        return failed(
            new Failed(Problem.UNREACHABLE, Optional.empty(), "another upload takes too long"));
      }
      try {
        Optional<Upload> meanwhile = there(picture.id());
        return meanwhile.isPresent() ? meanwhile : upload(picture);
      } finally {
        lock.unlock();
      }
    }

    private Optional<Upload> upload(Blob picture) throws InterruptedException {
      return switch (files.upload(picture, left())) {
        case FilesApi.Outcome.Uploaded(Upload upload) -> {
          known.add(line, upload);
          yield Optional.of(upload);
        }
        case FilesApi.Outcome.NotUploaded(Failed why) -> {
          restsUntil = clock.instant().plus(REST);
          log.warn(
              "{} did not take a picture as a file; for {} minutes they go inside of requests: {}",
              line,
              REST.toMinutes(),
              why.detail());
          yield failed(why);
        }
      };
    }

    private Optional<Upload> failed(Failed why) {
      failure = Optional.of(why);
      return Optional.empty();
    }

    private Duration left() {
      Duration left = Duration.between(clock.instant(), deadline);
      return left.isPositive() ? left : Duration.ofMillis(1);
    }

    private Failed tooLarge(long bytes, Failed why) {
      // What small requests do not need says nothing against the key.
      return new Failed(
          Problem.REQUEST_REJECTED,
          Optional.empty(),
          "The request has %d bytes, %s takes %d at once, and a picture could not be uploaded: %s %s"
              .formatted(bytes, line, rules.mostInlineBytes(), why.problem(), why.detail()));
    }
  }
}
