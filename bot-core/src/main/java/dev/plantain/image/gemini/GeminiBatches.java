package dev.plantain.image.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.image.BatchModel.Look;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.Unsigned;
import dev.plantain.image.endpoint.BatchLine;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.wire.Answer;
import dev.plantain.image.wire.AnswerJson;
import dev.plantain.image.wire.Credential;
import dev.plantain.image.wire.GoogleAddress;
import dev.plantain.image.wire.LongWork;
import dev.plantain.image.wire.LongWork.Reply;
import dev.plantain.image.wire.RequestJson;
import dev.plantain.image.wire.RequestPiece;
import dev.plantain.media.MediaStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Batches of Google's Gemini with one key: gemini.md, section 6. */
public final class GeminiBatches implements BatchLine {
  private static final Duration CALL_LIMIT = Duration.ofMinutes(1);

  /** Holds all pictures of a parcel. */
  private static final Duration ANSWERS_LIMIT = Duration.ofMinutes(15);

  private static final int MOST_PAGES = 20;

  private final Endpoint endpoint;
  private final GoogleAddress address;
  private final LongWork work;

  public GeminiBatches(Endpoint endpoint, Credential credential, MediaStore store) {
    this.endpoint = endpoint;
    this.address = GoogleAddress.of(endpoint);
    this.work = new LongWork(endpoint, credential, store);
  }

  /** What is said of a batch, its answers apart. */
  private record Told(
      Optional<String> name, Optional<String> label, String state, Optional<JsonNode> error) {}

  @Override
  public Posted post(String label, Map<String, ImageRequest> requests) throws InterruptedException {
    String model = requests.values().iterator().next().model().id();
    return switch (work.post(
        address.batchGenerateContent(endpoint.theirName(model)),
        body(label, requests),
        CALL_LIMIT,
        AnswerReader.LONG_NAMES,
        json -> new Document(json, (key, answer) -> {}).read())) {
      case Reply.Read<Told>(Told(Optional<String> name, var _, var _, var _))
          when name.isPresent() ->
          new Posted.Known(name.get());
      case Reply.Read<Told> _ ->
          new Posted.Unknown(
              new Failed(Problem.GARBLED, Optional.empty(), "The batch has no name"));
      case Reply.Failure<Told>(Failed failed, boolean heard) ->
          heard && isRefusal(failed.problem())
              ? new Posted.Refused(failed)
              : new Posted.Unknown(failed);
    };
  }

  /** Whether it did no work for certain: behind an error of a server the batch may stand. */
  private static boolean isRefusal(Problem problem) {
    return switch (problem) {
      case RATE_LIMITED,
          DAY_EXHAUSTED,
          NOT_INCLUDED,
          KEY_REJECTED,
          LOCATION_REJECTED,
          MODEL_GONE,
          PICTURE_REJECTED,
          REQUEST_REJECTED ->
          true;
      case OVERLOADED, TIMED_OUT, UNREACHABLE, GARBLED, NO_PICTURE -> false;
    };
  }

  /** Each request stands as it would alone. */
  private static List<RequestPiece> body(String label, Map<String, ImageRequest> requests) {
    RequestJson json = new RequestJson();
    json.raw("{\"batch\":{").field("displayName", label);
    json.raw(",\"inputConfig\":{\"requests\":{\"requests\":[");
    String separator = "";
    for (Map.Entry<String, ImageRequest> entry : requests.entrySet()) {
      ImageRequest request = entry.getValue();
      json.raw(separator).raw("{\"request\":");
      RequestMapper.map(
              request.withContents(Unsigned.repaired(request.contents(), request.model())),
              true,
              Map.of())
          .forEach(json::piece);
      json.raw(",\"metadata\":{").field("key", entry.getKey()).raw("}}");
      separator = ",";
    }
    return json.raw("]}}}}").pieces();
  }

  @Override
  public Found find(String label) throws InterruptedException {
    HttpUrl page = address.batches().newBuilder().addQueryParameter("pageSize", "100").build();
    for (int count = 0; count < MOST_PAGES; count++) {
      switch (work.get(page, ANSWERS_LIMIT, AnswerReader.LONG_NAMES, BatchList::read)) {
        case Reply.Failure<BatchList>(Failed failed, boolean _) -> {
          return new Found.Unknown(failed);
        }
        case Reply.Read<BatchList>(BatchList list) -> {
          Optional<String> name = list.named(label);
          if (name.isPresent()) {
            return new Found.There(name.get());
          }
          if (list.nextPage().isEmpty()) {
            return new Found.Nowhere();
          }
          page = page.newBuilder().setQueryParameter("pageToken", list.nextPage().get()).build();
        }
      }
    }
    return new Found.Unknown(
        new Failed(Problem.OVERLOADED, Optional.empty(), "The list of batches has no end"));
  }

  /** A page of the list of batches: what each is called by the provider and by us. */
  private record BatchList(List<Told> batches, Optional<String> nextPage) {
    static BatchList read(AnswerJson json) throws IOException {
      List<Told> batches = new ArrayList<>();
      String[] next = {""};
      json.answers(field -> {
        switch (field) {
          case "operations", "batches" ->
              json.elements(() -> {
                Document batch = new Document(json, (key, answer) -> {});
                json.object(batch::field);
                batches.add(batch.told());
              });
          case "nextPageToken" -> next[0] = String.valueOf(json.text(""));
          default -> json.pass();
        }
      });
      return new BatchList(batches, next[0].isEmpty() ? Optional.empty() : Optional.of(next[0]));
    }

    Optional<String> named(String label) {
      return batches.stream()
          .filter(batch -> batch.label().filter(label::equals).isPresent())
          .flatMap(batch -> batch.name().stream())
          .findFirst();
    }
  }

  @Override
  public Look look(String name, Map<String, ImageRequest> requests, Results results)
      throws InterruptedException {
    List<String> keys = new ArrayList<>(requests.keySet());
    Set<String> seen = new HashSet<>();
    Reply<Told> reply =
        work.get(
            address.named(name),
            ANSWERS_LIMIT,
            AnswerReader.LONG_NAMES,
            json ->
                new Document(
                        json,
                        (told, item) -> {
                          int place = seen.size();
                          String key = told.orElse(place < keys.size() ? keys.get(place) : "");
                          ImageRequest request = requests.get(key);
                          if (request != null && seen.add(key)) {
                            results.take(
                                key, work.judged(item.answer, item.status(), request.model().id()));
                          }
                        })
                    .read());
    return switch (reply) {
      case Reply.Failure<Told>(Failed failed, boolean _) ->
          failed.problem() == Problem.MODEL_GONE || failed.problem() == Problem.REQUEST_REJECTED
              ? new Look.Gone(failed.detail(), true)
              : new Look.Unknown(failed);
      case Reply.Read<Told>(Told told) -> ended(told);
    };
  }

  /** Names have been seen with {@code BATCH_STATE_} and, in SDKs, with {@code JOB_STATE_}. */
  private static Look ended(Told told) {
    String state = told.state().replaceFirst("^(BATCH|JOB)_STATE_", "");
    return switch (state) {
      case "SUCCEEDED", "CANCELLED", "PARTIALLY_SUCCEEDED" -> new Look.Done();
      case "FAILED", "EXPIRED" ->
          new Look.Gone(
              state + told.error().map(error -> " " + error.path("message")).orElse(""), false);
      default ->
          told.error().isPresent()
              ? new Look.Gone("FAILED " + told.error().get().path("message"), false)
              : new Look.Working();
    };
  }

  @Override
  public void cancel(String name) throws InterruptedException {
    // Whether it worked shows when it is looked at.
    work.post(
        address.named(name + ":cancel"),
        new RequestJson().raw("{}").pieces(),
        CALL_LIMIT,
        AnswerReader.LONG_NAMES,
        json -> {
          json.answers(field -> json.pass());
          return true;
        });
  }

  /** Takes what stands for one request. */
  private interface Items {
    void take(Optional<String> key, Item item);
  }

  /** One answer of many. */
  private record Item(Answer answer, int rpcCode) {
    /** google.rpc.Code in terms of HTTP, as its documentation gives them. */
    int status() {
      return switch (rpcCode) {
        case 1 -> 499;
        case 3, 9, 11 -> 400;
        case 4 -> 504;
        case 5 -> 404;
        case 7 -> 403;
        case 8 -> 429;
        case 12 -> 501;
        case 14 -> 503;
        case 16 -> 401;
        default -> rpcCode >= 400 ? rpcCode : 500;
      };
    }
  }

  /** An operation whose response holds the answers. */
  private static final class Document {
    private final AnswerJson json;
    private final Items items;
    private @Nullable String name;
    private @Nullable String label;
    private String state = "";
    private boolean answered;
    private @Nullable JsonNode error;

    Document(AnswerJson json, Items items) {
      this.json = json;
      this.items = items;
    }

    Told read() throws IOException {
      json.answers(this::field);
      return told();
    }

    Told told() {
      return new Told(
          Optional.ofNullable(name),
          Optional.ofNullable(label),
          state.isEmpty() && answered ? "SUCCEEDED" : state,
          Optional.ofNullable(error));
    }

    void field(String field) throws IOException {
      switch (field) {
        case "name" -> name = json.text(name);
        case "metadata" -> json.object(this::metadata);
        case "response", "output" -> {
          answered = true;
          json.object(this::output);
        }
        case "displayName" -> label = json.text(label);
        case "state" -> state = String.valueOf(json.text(state));
        case "error" -> error = json.error(error);
        default -> json.pass();
      }
    }

    /** Its own copy of the answers is passed over where there is one. */
    private void metadata(String field) throws IOException {
      switch (field) {
        case "displayName" -> label = json.text(label);
        case "state" -> state = String.valueOf(json.text(state));
        case "name" -> name = json.text(name);
        default -> json.pass();
      }
    }

    private void output(String field) throws IOException {
      if (!field.equals("inlinedResponses")) {
        json.pass();
      } else if (json.isArray()) {
        json.elements(this::item);
      } else {
        json.object(this::output);
      }
    }

    private void item() throws IOException {
      AnswerReader reader = new AnswerReader(json);
      String[] key = {""};
      json.object(field -> {
        switch (field) {
          case "response" -> json.object(reader::field);
          case "error" -> reader.field("error");
          case "metadata" ->
              json.object(inner -> {
                if (inner.equals("key")) {
                  key[0] = String.valueOf(json.text(""));
                } else {
                  json.pass();
                }
              });
          default -> json.pass();
        }
      });
      Answer answer = reader.answer();
      items.take(
          key[0].isEmpty() ? Optional.empty() : Optional.of(key[0]),
          new Item(answer, answer.error().map(told -> told.path("code").asInt(13)).orElse(0)));
    }
  }
}
