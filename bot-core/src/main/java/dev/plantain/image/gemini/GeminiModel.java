package dev.plantain.image.gemini;

import dev.plantain.conversation.Content;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.Unsigned;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.wire.Credential;
import dev.plantain.image.wire.ErrorBody;
import dev.plantain.image.wire.Exchange;
import dev.plantain.image.wire.Exchange.Reply;
import dev.plantain.image.wire.Fault;
import dev.plantain.image.wire.Fault.Remedy;
import dev.plantain.image.wire.FaultMapper;
import dev.plantain.image.wire.GarbledAnswer;
import dev.plantain.image.wire.LongStrings;
import dev.plantain.media.MediaStore;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The image models of Google's Gemini, or of a gateway that speaks its wire. */
public final class GeminiModel implements ImageModel {
  private final Endpoint endpoint;
  private final GeminiAddress address;
  private final Exchange exchange;

  /**
   * @param store where the pictures of the request lie, and those of the answer will
   */
  public GeminiModel(Endpoint endpoint, Credential credential, MediaStore store) {
    this.endpoint = endpoint;
    this.address = GeminiAddress.of(endpoint);
    this.exchange = new Exchange(endpoint, credential, store);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Two refusals are mended and asked again, once each, as the provider did no work: a signature
   * that is missing or wrong, and a ratio or size that the model takes after all not.
   */
  @Override
  public ImageResult generate(ImageRequest request) throws InterruptedException {
    Set<Remedy> tried = EnumSet.noneOf(Remedy.class);
    while (true) {
      switch (ask(request, tried)) {
        case Reply.Ended ended -> {
          return ended.result();
        }
        case Reply.Faulty(Fault fault) -> {
          if (fault.remedy().isEmpty() || !tried.add(fault.remedy().get())) {
            return fault.result();
          }
        }
      }
    }
  }

  private Reply ask(ImageRequest request, Set<Remedy> tried) throws InterruptedException {
    List<Content> contents =
        tried.contains(Remedy.WITHOUT_SIGNATURES)
            ? Unsigned.flattened(request.contents())
            : Unsigned.repaired(request.contents(), request.model());
    String model = request.model().id();
    Duration limit =
        endpoint.timeLimit().orElseGet(() -> request.model().timeLimit(request.size()));
    return exchange.post(
        address.generateContent(endpoint.theirName(model)),
        RequestMapper.map(
            request.withContents(contents), !tried.contains(Remedy.WITHOUT_IMAGE_CONFIG)),
        limit,
        AnswerReader.LONG_NAMES,
        (strings, status) -> judged(strings, status, model));
  }

  private static Reply judged(LongStrings strings, int status, String model) throws IOException {
    Answer answer = AnswerReader.read(strings);
    boolean painted = answer.painted();
    if (answer.error().isPresent() && !painted) {
      return new Reply.Faulty(
          FaultMapper.map(status, answer.error().map(ErrorBody::of), Optional.empty()));
    }
    if (answer.finishReason().filter("MISSING_THOUGHT_SIGNATURE"::equals).isPresent() && !painted) {
      return new Reply.Faulty(FaultMapper.missingSignature());
    }
    if (!answer.known()) {
      throw new GarbledAnswer("it is JSON, but not Gemini's");
    }
    return new Reply.Ended(Outcome.of(answer, model));
  }
}
