package dev.plantain.image.gemini;

import dev.plantain.conversation.Content;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.RemoteFile;
import dev.plantain.image.Unsigned;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Uploads;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.image.gemini.PicturesAsFiles.Choice;
import dev.plantain.image.wire.Credential;
import dev.plantain.image.wire.Exchange;
import dev.plantain.image.wire.Exchange.Reply;
import dev.plantain.image.wire.Fault.Remedy;
import dev.plantain.image.wire.GoogleAddress;
import dev.plantain.media.BlobId;
import dev.plantain.media.MediaStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The image models of Google's Gemini, or of a gateway that speaks its wire. */
public final class GeminiModel implements ImageModel {
  /** Uploads may take one in so many parts of the time that there is for an answer. */
  private static final int UPLOADS_SHARE = 2;

  private final Endpoint endpoint;
  private final GoogleAddress address;
  private final Exchange exchange;
  private final FilesApi files;
  private final PicturesAsFiles pictures;
  private final InstantSource clock;

  /**
   * @param line what the way with this credential is called: {@link Endpoint#line}
   * @param store where the pictures of the request lie, and those of the answer will
   * @param known which pictures lie at the endpoint as files
   */
  public GeminiModel(
      Endpoint endpoint,
      Credential credential,
      String line,
      MediaStore store,
      KnownUploads known,
      InstantSource clock) {
    this.endpoint = endpoint;
    this.address = GoogleAddress.of(endpoint);
    this.exchange = new Exchange(endpoint, credential, store);
    this.files = new FilesApi(endpoint, credential, store, clock);
    this.pictures = new PicturesAsFiles(line, endpoint.uploads(), files, known, clock);
    this.clock = clock;
  }

  /**
   * Sends every picture inside of its requests, whatever the endpoint is said to take.
   *
   * @param store where the pictures of the request lie, and those of the answer will
   */
  public GeminiModel(Endpoint endpoint, Credential credential, MediaStore store) {
    this(
        endpoint.with(Uploads.NONE),
        credential,
        endpoint.name(),
        store,
        KnownUploads.inMemory(),
        InstantSource.fixed(Instant.EPOCH));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Three refusals are mended and asked again, once each, as the provider did no work: a
   * signature that is missing or wrong, a ratio or size that the model takes after all not, and a
   * file that is not there any more.
   */
  @Override
  public ImageResult generate(ImageRequest request) throws InterruptedException {
    Asking asking = new Asking(request);
    return Exchange.mended(asking::ask);
  }

  @Override
  public Optional<Failed> delete(RemoteFile file) throws InterruptedException {
    return files.delete(file.name());
  }

  /** Vertex AI has no such files: gemini.md, section 5. */
  private boolean hasFiles() {
    return endpoint.wire() instanceof Wire.Gemini
        && endpoint.uploads().when() != Uploads.When.NEVER;
  }

  /** A request that is asked, and asked again where that helps. */
  private final class Asking {
    private final ImageRequest request;
    private final Duration limit;
    private Map<BlobId, Upload> referred = Map.of();
    private Optional<Reply> last = Optional.empty();
    private boolean dropped;

    Asking(ImageRequest request) {
      this.request = request;
      this.limit = endpoint.timeLimit().orElseGet(() -> request.model().timeLimit(request.size()));
    }

    Reply ask(Set<Remedy> tried) throws InterruptedException {
      if (tried.contains(Remedy.WITHOUT_OLD_FILES) && !dropped) {
        if (referred.isEmpty()) {
          // There was no file that could be left out.
          return last.orElseThrow();
        }
        pictures.drop(referred);
        dropped = true;
      }
      Reply reply = asked(tried);
      last = Optional.of(reply);
      return reply;
    }

    private Reply asked(Set<Remedy> tried) throws InterruptedException {
      Instant begun = clock.instant();
      ImageRequest repaired = request.withContents(contents(tried));
      Choice choice =
          hasFiles()
              ? pictures.choose(repaired, dropped, limit.dividedBy(UPLOADS_SHARE))
              : new Choice.Referring(Map.of());
      return switch (choice) {
        case Choice.TooLarge(Failed failure) -> new Reply.Ended(failure);
        case Choice.Referring(Map<BlobId, Upload> chosen) -> {
          referred = chosen;
          yield post(repaired, tried, Duration.between(begun, clock.instant()));
        }
      };
    }

    private List<Content> contents(Set<Remedy> tried) {
      return tried.contains(Remedy.WITHOUT_SIGNATURES)
          ? Unsigned.flattened(request.contents())
          : Unsigned.repaired(request.contents(), request.model());
    }

    private Reply post(ImageRequest repaired, Set<Remedy> tried, Duration taken)
        throws InterruptedException {
      Duration least = limit.dividedBy(UPLOADS_SHARE);
      // A clock that was set back gives no more time than there is.
      Duration left = taken.isNegative() ? limit : limit.minus(taken);
      String model = request.model().id();
      return exchange.post(
          address.generateContent(endpoint.theirName(model)),
          RequestMapper.map(repaired, !tried.contains(Remedy.WITHOUT_IMAGE_CONFIG), referred),
          new Exchange.Asked(model, left.compareTo(least) < 0 ? least : left),
          AnswerReader.LONG_NAMES,
          AnswerReader::read);
    }
  }
}
