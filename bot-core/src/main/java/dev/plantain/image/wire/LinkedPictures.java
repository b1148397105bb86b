package dev.plantain.image.wire;

import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.media.BlobDraft;
import dev.plantain.media.ImageInspector;
import dev.plantain.media.MediaStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Fetches the pictures to which an answer only links. What an answer says is not trusted: only the
 * endpoint's own host and those that the operator named are asked, without the key, and none of
 * their addresses may be one of our own network.
 */
final class LinkedPictures {
  private static final int MOST_REDIRECTS = 3;
  private static final int MOST_PICTURES = 4;
  private static final long MOST_BYTES = 64L * 1024 * 1024;
  private static final int BLOCK_BYTES = 64 * 1024;

  private final HttpUrl endpoint;
  private final Set<String> hosts;
  private final MediaStore store;
  private final Predicate<InetAddress> permitted;
  private final OkHttpClient own;
  private final OkHttpClient foreign;

  LinkedPictures(Endpoint endpoint, MediaStore store) {
    this(endpoint, store, Dns.SYSTEM, PublicAddress::is);
  }

  /**
   * @param permitted the addresses that hosts other than the endpoint may have
   */
  LinkedPictures(Endpoint endpoint, MediaStore store, Dns names, Predicate<InetAddress> permitted) {
    this.endpoint = HttpUrl.get(endpoint.baseUrl().toString());
    this.hosts =
        endpoint.pictureHosts().stream()
            .map(host -> host.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    this.store = store;
    this.permitted = permitted;
    this.own = Exchange.client(endpoint.connectTimeout());
    // The address that was looked at is the one that is connected to: a second lookup might tell
    // another, and a proxy would look for itself.
    this.foreign =
        own.newBuilder()
            .proxy(Proxy.NO_PROXY)
            .dns(new Lookups(name -> checked(name, names), endpoint.connectTimeout()))
            .build();
  }

  /** An answer whose links are pictures now; those are gone when this is closed, unless kept. */
  record Fetched(Answer answer, List<LongString.Picture> pictures) implements Closeable {
    @Override
    public void close() {
      pictures.forEach(LongString.Picture::close);
    }
  }

  /**
   * Fetches what an answer links to if it holds no picture itself and is no refusal.
   *
   * @throws GarbledAnswer a picture may not be fetched, or is none
   */
  Fetched fetched(Answer answer, Work<?> work) throws IOException {
    List<LongString.Picture> pictures = new ArrayList<>();
    if (answer.painted() || Judgement.refusal(answer).isPresent()) {
      return new Fetched(answer, pictures);
    }
    try {
      return new Fetched(answer.with(parts(linked(answer), work, pictures)), pictures);
    } catch (IOException | RuntimeException e) {
      pictures.forEach(LongString.Picture::close);
      throw e;
    }
  }

  /** What stands in a field for pictures goes before what stands in words. */
  private List<AnswerPart> linked(Answer answer) {
    if (answer.parts().stream().anyMatch(AnswerPart.Link.class::isInstance)) {
      return answer.parts();
    }
    List<AnswerPart> parts = new ArrayList<>();
    for (AnswerPart part : answer.parts()) {
      if (part instanceof AnswerPart.Words words) {
        List<AnswerPart> found = Links.found(words, this::isExpected);
        boolean linked = found.stream().anyMatch(AnswerPart.Link.class::isInstance);
        parts.addAll(linked ? found : List.of(words));
      } else {
        parts.add(part);
      }
    }
    return parts;
  }

  private List<AnswerPart> parts(
      List<AnswerPart> parts, Work<?> work, List<LongString.Picture> pictures) throws IOException {
    Map<String, AnswerPart> fetched = new LinkedHashMap<>();
    List<AnswerPart> result = new ArrayList<>();
    for (AnswerPart part : parts) {
      if (part instanceof AnswerPart.Link link) {
        String address = link.address();
        if (!fetched.containsKey(address) && fetched.size() < MOST_PICTURES) {
          LongString.Picture picture = fetch(address, work);
          pictures.add(picture);
          AnswerPart found = new AnswerPart.Picture(picture, link.signature());
          fetched.put(address, found);
          result.add(found);
        }
      } else {
        result.add(part);
      }
    }
    return result;
  }

  private LongString.Picture fetch(String address, Work<?> work) throws IOException {
    Optional<HttpUrl> next = Optional.ofNullable(HttpUrl.parse(address));
    for (int hop = 0; next.isPresent() && hop <= MOST_REDIRECTS; hop++) {
      HttpUrl url = next.get();
      check(url);
      Request request =
          new Request.Builder().url(url).header("Accept-Encoding", "identity").build();
      try (Response response = work.execute(isOwn(url) ? own : foreign, request)) {
        if (!response.isRedirect()) {
          return stored(response, url.host());
        }
        next =
            Optional.ofNullable(response.header("Location"))
                .flatMap(target -> Optional.ofNullable(url.resolve(target)));
      } catch (GarbledAnswer e) {
        throw e;
      } catch (IOException e) {
        if (work.timedOut()) {
          throw e;
        }
        throw unusable(url.host(), "which cannot be fetched (" + e + ")");
      }
    }
    throw new GarbledAnswer("it links to a picture by an address that leads nowhere");
  }

  private void check(HttpUrl url) throws GarbledAnswer {
    if (!url.isHttps() && endpoint.isHttps()) {
      throw unusable(url.host(), "which would not come over https");
    }
    if (!isExpected(url.host())) {
      throw unusable(
          url.host(),
          "from where none may be fetched; if it belongs to the endpoint, name it among its picture hosts");
    }
    // A number in place of a name is not looked up, and would pass unseen.
    if (!isOwn(url) && isNumber(url.host())) {
      try {
        checked(url.host(), Dns.SYSTEM);
      } catch (UnknownHostException e) {
        throw unusable(url.host(), "which is no address of the public internet");
      }
    }
  }

  private static boolean isNumber(String host) {
    return host.contains(":") || host.matches("[0-9.]+");
  }

  private boolean isExpected(String host) {
    return host.equals(endpoint.host()) || hosts.contains(host);
  }

  /** At another port of the endpoint's machine something else listens. */
  private boolean isOwn(HttpUrl url) {
    return url.host().equals(endpoint.host()) && url.port() == endpoint.port();
  }

  private List<InetAddress> checked(String name, Dns names) throws UnknownHostException {
    List<InetAddress> addresses = names.lookup(name);
    if (!addresses.stream().allMatch(permitted)) {
      throw new UnknownHostException(name + " has an address that is not of the public internet");
    }
    return addresses;
  }

  private LongString.Picture stored(Response response, String host) throws IOException {
    if (!response.isSuccessful()) {
      throw unusable(host, "which answered HTTP " + response.code());
    }
    BlobDraft draft = draft();
    try {
      copy(response.body().byteStream(), draft, host);
      if (ImageInspector.inspect(draft.file()).isEmpty()) {
        throw unusable(host, "but what lies there is none");
      }
      return new LongString.Picture(draft);
    } catch (IOException | RuntimeException e) {
      draft.close();
      throw e;
    }
  }

  private BlobDraft draft() {
    try {
      return store.begin();
    } catch (IOException e) {
      throw new UncheckedIOException("a picture cannot be stored", e);
    }
  }

  private static void copy(InputStream body, BlobDraft draft, String host) throws IOException {
    byte[] block = new byte[BLOCK_BYTES];
    for (int read = body.read(block); read >= 0; read = body.read(block)) {
      if (draft.bytes() + read > MOST_BYTES) {
        throw unusable(host, "which has more than 64 MB");
      }
      try {
        draft.write(block, 0, read);
      } catch (IOException e) {
        throw new UncheckedIOException("a picture cannot be stored", e);
      }
    }
  }

  private static GarbledAnswer unusable(String host, String why) {
    return new GarbledAnswer("it links to a picture at " + host + ", " + why);
  }
}
